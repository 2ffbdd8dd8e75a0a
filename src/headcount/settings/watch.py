"""`[watch]`: who is told when something breaks, and when they are left in peace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from headcount.news.story import Severity
from headcount.settings.credentials import Credentials
from headcount.settings.places import Places, listed
from headcount.settings.secrets import is_reference, referred
from headcount.settings.section import Section
from headcount.settings.shape import Channel, Quiet, Watch, Weekly
from headcount.settings.urls import is_url

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEVERITIES: tuple[Severity, ...] = ("notice", "warning", "urgent")

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def watch(section: Section, places: Places) -> Watch:
    """Who is told when something breaks."""
    heartbeat = _given_or_referred(section, "heartbeat", places)
    if heartbeat and not is_url(heartbeat, "http", "https"):
        section.wrong("heartbeat", "must be an http or https URL")
    found = Watch(
        channels=(*_listed(section, places), *_named(section.section("channels"), places)),
        heartbeat=Credentials({"url": heartbeat} if heartbeat else {}),
        quiet=_quiet(section),
        most_a_day=section.whole("most_a_day", Watch().most_a_day, least=1),
        digest=_weekly(section),
    )
    section.close()
    return found


def _listed(section: Section, places: Places) -> Iterator[Channel]:
    """Those of `notify`, called by their places."""
    notify = section.value("notify")
    urls = listed(referred(section, "notify", places) or "") if is_reference(notify) else section.texts("notify")
    if not all("://" in url for url in urls):
        section.wrong("notify", "must be a list of Apprise URLs", 'notify = ["mailto://...", "slack://..."]')
    return (Channel(str(number), Credentials({"url": url})) for number, url in enumerate(urls, 1))


def _named(section: Section, places: Places) -> Iterator[Channel]:
    """Those with a table of their own."""
    for name, table in section.sections():
        url = _given_or_referred(table, "url", places)
        if "url" not in table or (url and "://" not in url):
            table.wrong("url", "must be an Apprise URL", 'url = { env = "..." }, or "mailto://..."')
        severity = table.choice("severity", SEVERITIES)
        table.close()
        if name.isdigit():
            section.wrong(name, "is a number, as those of notify are called", "call it mail, chat, ...")
        yield Channel(name, Credentials({"url": url}), next(each for each in SEVERITIES if each == severity))


def _quiet(section: Section) -> Quiet | None:
    """`22:00-07:00`."""
    text = section.text("quiet")
    start, _, end = text.partition("-")
    hours = _time(start.strip()), _time(end.strip())
    if hours[0] and hours[1] and hours[0] != hours[1]:
        return Quiet(hours[0], hours[1])
    if text:
        section.wrong("quiet", f"is {text!r}, which is no stretch of the day", 'quiet = "22:00-07:00"')
    return None


def _weekly(section: Section) -> Weekly | None:
    """`monday 08:00`."""
    text = section.text("digest")
    day, _, hour = text.lower().partition(" ")
    at = _time(hour.strip())
    if day in DAYS and at:
        return Weekly(DAYS.index(day), at)
    if text:
        section.wrong("digest", f"is {text!r}, which is no time of the week", 'digest = "monday 08:00"')
    return None


def _time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    return time(int(match[1]), int(match[2])) if match else None


def _given_or_referred(section: Section, key: str, places: Places) -> str:
    return (referred(section, key, places) or "") if is_reference(section.value(key)) else section.text(key)
