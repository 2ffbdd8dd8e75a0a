"""`events.atom`: what happened, for feed readers. Nothing of internal accounts, of credentials, or of who works here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from headcount import __version__
from headcount.clock import midnight
from headcount.news.naming import account_name, moment
from headcount.news.story import Event, Kind
from headcount.publish.edition import Edition
from headcount.publish.encode import stamp
from headcount.publish.file import AnyFile, File
from headcount.publish.outputs.told import lately, told_of
from headcount.store.reader import Correction

MOST = 100
"""Entries, the newest first."""
LONGEST = timedelta(days=90)
"""Older ones are left out."""

LEFT_OUT: frozenset[Kind] = frozenset({"held"})
"""What concerns nobody but those who count."""

TAG = "tag:headcount.invalid,2026:"
"""Of the ids: no domain is ours, and `invalid` is nobody's."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""


class Entry(Struct, frozen=True):
    """Something that happened."""

    id: str
    at: datetime
    category: str
    title: str
    text: str


def feed(edition: Edition) -> Iterator[AnyFile]:
    """`events.atom`."""
    yield File(name="events.atom", title="What happened: a feed for feed readers", make=lambda: iter([_feed(edition)]))


def _feed(edition: Edition) -> bytes:
    entries = sorted((*_events(edition), *_corrections(edition)), key=lambda each: (each.at, each.id), reverse=True)
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    updated = entries[0].at if entries else midnight(edition.begins(), edition.zone)
    _say(root, "id", _id(edition, "events"))
    _say(root, "title", f"{edition.organization}: events of its social accounts")
    _say(root, "subtitle", "Milestones, unusual changes, outages and corrections, as headcount noticed them")
    _say(root, "updated", stamp(updated))
    _say(SubElement(root, "author"), "name", edition.organization)
    _say(root, "generator", "headcount").set("version", __version__)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": "events.atom"})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": "digest.html"})
    for entry in entries[:MOST]:
        _add(root, entry)
    indent(root)
    return tostring(root, encoding="unicode").encode()


def _add(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _say(element, "id", entry.id)
    _say(element, "title", entry.title)
    _say(element, "published", stamp(entry.at))
    _say(element, "updated", stamp(entry.at))
    SubElement(element, "category", {"term": entry.category})
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": "digest.html"})
    _say(element, "content", entry.text).set("type", "text")


def _say(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _FORBIDDEN.sub("", text)
    return element


def _events(edition: Edition) -> Iterator[Entry]:
    for each, told in lately(edition, edition.at - LONGEST):
        if each.story.kind not in LEFT_OUT:
            name = _id(edition, f"event/{stamp(each.at)}/{each.id}")
            yield Entry(name, told.at, _category(each), told.title, told.text)


def _category(event: Event) -> str:
    return event.story.kind if event.deed == "noted" else f"{event.story.kind} {event.deed}"


def _corrections(edition: Edition) -> Iterator[Entry]:
    accounts = told_of(edition)
    for number, each in enumerate(edition.store.corrections()):
        if each.key in accounts and each.at >= edition.at - LONGEST:
            yield Entry(
                _id(edition, f"correction/{stamp(each.at)}/{number}"),
                each.at,
                "correction",
                f"A count of {account_name(each.key, edition.names)} was corrected",
                _corrected(edition, each),
            )


def _corrected(edition: Edition, each: Correction) -> str:
    before = f", in place of {each.before:,}" if each.before is not None else ""
    now = "was withdrawn" if each.after is None else f"is {each.after:,} now"
    return f"The count of {moment(each.taken_at, edition.zone)} {now}{before}. {each.why}"


def _id(edition: Edition, what: str) -> str:
    """Stays the same, whatever is published later."""
    name = re.sub("[^a-z0-9]+", "-", edition.organization.lower()).strip("-") or "organization"
    return f"{TAG}{name}/{what}"
