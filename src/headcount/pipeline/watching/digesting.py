"""The report of a week: made, sent by itself when its time has come, at least once and at most twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from headcount.errors import Locked
from headcount.news.story import Story
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.publishing.editing import edition
from headcount.pipeline.watching.channels import channels
from headcount.publish.outputs.digest import scope
from headcount.reports.digest import Digest
from headcount.reports.gather import gather
from headcount.reports.mail import Mail, as_mail
from headcount.reports.operators import aside
from headcount.reports.period import Period, last_week
from headcount.settings.shape import Weekly
from headcount.watch.letter import Carrier, Letter, Receipt

SECONDS = 10.0
"""Of a run, as for every other letter."""
TWICE = 2
BEGUN, FAILED, SENT = "", "failed", "sent"
"""What is noted of a try."""


class Issue(Struct, frozen=True):
    """The report of a period, and the mail that it makes."""

    digest: Digest
    mail: Mail


class Sent(Struct, frozen=True):
    """What became of a report on one channel."""

    channel: str
    receipt: Receipt


def report(house: House, period: Period) -> Issue:
    """The report of a period, from one moment of the store.

    Raises:
        Mistake: where the annotations are wrong.
    """
    at = house.clock.now()
    with house.store.moment() as store:
        about = scope(edition(house, store, 0))
        digest = gather(store, about, period, at)
        return Issue(digest, as_mail(digest, aside(store, about, house.settings.expiries, at)))


def send(premises: Premises, mail: Mail, carrier: Carrier) -> tuple[Sent, ...]:
    """Send a report to every channel.

    Raises:
        Mistake: where there is none.
    """
    letters = [
        Letter(each.name, mail.title, mail.text, "notice", mail.html, mail.pictures)
        for each in channels(premises.settings)
    ]
    receipts = carrier(letters, SECONDS)
    return tuple(Sent(letter.channel, receipt) for letter, receipt in zip(letters, receipts, strict=True))


def send_if_due(premises: Premises, carrier: Carrier) -> tuple[Sent, ...]:
    """Send the report of the last week, if its time has come and it has not been sent.

    A try is noted before it is made, and what became of it afterwards: whoever is killed in between tries once more, and
    nobody a third time. A report that certainly reached nobody is tried again at each run.
    """
    week = due(premises)
    if week is None:
        return ()
    try:
        with premises.store.lock("digest"):
            return () if _is_done(premises, week) else _try(premises, week, carrier)
    except Locked:
        return ()


def due(premises: Premises) -> Period | None:
    """The week whose report has to be sent by now; None where none is, or nobody wants it."""
    watch = premises.settings.watch
    if watch.digest is None or not watch.channels:
        return None
    now = premises.local_now()
    week = last_week(now.date())
    return week if now >= _time(week, watch.digest, premises.settings.organization.zone) else None


def _time(week: Period, weekly: Weekly, zone: ZoneInfo) -> datetime:
    """When the report of a week is sent: in the week after it."""
    return datetime.combine(week.last + timedelta(days=1 + weekly.day), weekly.at, zone)


def _is_done(premises: Premises, week: Period) -> bool:
    """Whether it was sent, or may have been, twice."""
    told = premises.store.events(week.end(premises.settings.organization.zone))
    tries = [each.story.reason for each in told if each.story.kind == "digest" and each.story.subject == week.name]
    return SENT in tries or tries.count(BEGUN) - tries.count(FAILED) >= TWICE


def _try(premises: Premises, week: Period, carrier: Carrier) -> tuple[Sent, ...]:
    made = report(open_house(premises), week)
    _note(premises, week, BEGUN)
    sent = send(premises, made.mail, carrier)
    if any(each.receipt.sent for each in sent):
        _note(premises, week, SENT)
    elif not any(each.receipt.doubtful for each in sent):
        _note(premises, week, FAILED)
    return sent


def _note(premises: Premises, week: Period, word: str) -> None:
    premises.store.tell([("noted", Story("digest", "notice", week.name, word))], premises.clock.now())


def unsent(sent: tuple[Sent, ...]) -> Iterator[str]:
    """Channels that did not take a report, each with why."""
    return (f"{each.channel}: {each.receipt.detail}" for each in sent if not each.receipt.sent)
