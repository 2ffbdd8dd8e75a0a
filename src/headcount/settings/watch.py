"""`[watch]`: who is told when something breaks."""

from __future__ import annotations

from headcount.settings.credentials import Credentials
from headcount.settings.places import Places, listed
from headcount.settings.secrets import is_reference, referred
from headcount.settings.section import Section
from headcount.settings.shape import Channel, Watch
from headcount.settings.urls import is_url


def watch(section: Section, places: Places) -> Watch:
    """Who is told when something breaks."""
    heartbeat = _given_or_referred(section, "heartbeat", places)
    notify = section.value("notify")
    urls = listed(referred(section, "notify", places) or "") if is_reference(notify) else section.texts("notify")
    section.close()
    if heartbeat and not is_url(heartbeat, "http", "https"):
        section.wrong("heartbeat", "must be an http or https URL")
    if not all("://" in url for url in urls):
        section.wrong("notify", "must be a list of Apprise URLs", 'notify = ["mailto://...", "slack://..."]')
    return Watch(
        channels=tuple(Channel(str(number), Credentials({"url": url})) for number, url in enumerate(urls, 1)),
        heartbeat=Credentials({"url": heartbeat} if heartbeat else {}),
    )


def _given_or_referred(section: Section, key: str, places: Places) -> str:
    return (referred(section, key, places) or "") if is_reference(section.value(key)) else section.text(key)
