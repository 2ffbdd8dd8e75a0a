"""The report as mail: as HTML with pictures, and as text that says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from headcount.pages.render import page
from headcount.reports import charts
from headcount.reports.digest import Digest, Mover
from headcount.reports.operators import Aside
from headcount.reports.page import daily_chart, sections, spark_chart, title

DAILY = "daily.png"


class Mail(Struct, frozen=True):
    """A report, ready to be sent."""

    title: str
    text: str
    html: str
    pictures: Mapping[str, bytes]
    """PNGs that the HTML shows as `cid:NAME`."""


def as_mail(digest: Digest, aside: Aside) -> Mail:
    """The report for those who run headcount."""
    told = sections(digest)
    names = {mover.account.key: f"course-{number}.png" for number, mover in enumerate(_shown(told), start=1)}
    values = told | {
        "title": title(digest),
        "organization": digest.organization,
        "timezone": digest.timezone,
        "tokens": aside.tokens,
        "todo": aside.tasks,
        "daily": _in_words(digest),
        "pictures": names | {"daily": DAILY},
    }
    pictures = {names[mover.account.key]: charts.png(spark_chart(mover)) for mover in _shown(told)}
    return Mail(
        title=f"{digest.organization}: {_lower(title(digest))}",
        text=_tidy(page("mail.txt", **values)),
        html=page("mail.html", **values),
        pictures={DAILY: charts.png(daily_chart(digest))} | pictures,
    )


def _shown(told: Mapping[str, object]) -> list[Mover]:
    return [mover for name in ("gained", "lost") for mover in _movers(told[name])]


def _movers(found: object) -> list[Mover]:
    return [each for each in found if isinstance(each, Mover)] if isinstance(found, list) else []


def _in_words(digest: Digest) -> str:
    """The chart, for those who do not see it."""
    days = [each for each in digest.days if each.day >= digest.period.first]
    said = (
        f"{each.day:%A} {each.gained:+,}" if each.gained is not None else f"{each.day:%A} not known" for each in days
    )
    return "Followers gained or lost: " + ", ".join(said)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _tidy(text: str) -> str:
    """Without ends of lines that nobody sees, and with one blank line where there are many."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"
