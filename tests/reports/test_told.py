"""The report as a page, as mail and as a feed: what others wrote stays text, what is nobody's business stays out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest
from msgspec import structs

from headcount.news.story import Story
from headcount.publish.edition import Edition
from headcount.publish.outputs.digest import digests, scope
from headcount.publish.outputs.feed import feed
from headcount.reports import charts
from headcount.reports.digest import DayTotal, Digest
from headcount.reports.gather import gather
from headcount.reports.mail import as_mail
from headcount.reports.operators import Aside, Token, aside
from headcount.reports.page import as_page
from headcount.reports.words import number
from tests.publish.newsroom import DAY, NOON, Newsroom
from tests.reports.conftest import ATTACK, CANARY, week

PNG = b"\x89PNG\r\n\x1a\n"
EXPIRING = Aside((Token("facebook.token", date(2026, 12, 1), "expires on 1 December 2026, in 11 days"),))
ATOM = "{http://www.w3.org/2005/Atom}"


class Outline(HTMLParser):
    """The elements of a page, its headings, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def attacked(edition: Edition) -> Edition:
    """The edition of people who write markup wherever they may."""
    listed = tuple(
        structs.replace(each, entry=structs.replace(each.entry, handle=f'{ATTACK}"&')) for each in edition.listed
    )
    units = tuple(structs.replace(unit, name=f"{ATTACK}'<b>") for unit in edition.units)
    return structs.replace(edition, organization=f"Dep {ATTACK}", listed=listed, units=units)


def spoken(digest: Digest) -> dict[str, str]:
    mail = as_mail(digest, EXPIRING)
    return {"page": as_page(digest), "html": mail.html, "text": mail.text}


@pytest.mark.parametrize("form", ["page", "html", "text"])
def test_page_mail_and_text_tell_the_same_figures(digest: Digest, form: str) -> None:
    said = spoken(digest)[form]
    assert digest.audience.total
    assert number(digest.audience.total) in said
    assert "10,000" in said
    assert "0 followers" in said
    assert "\N{WARNING SIGN}" in said or "&#9888;" in said or "! 0 followers" in said
    assert "5 hours" in said
    for mover in digest.movers:
        assert mover.account.handle in said or not mover.change


def test_what_others_wrote_stays_text(newsroom: Newsroom) -> None:
    edition = attacked(newsroom.edition())
    digest = gather(newsroom.store, scope(edition), week(), edition.at)
    calm = gather(newsroom.store, scope(newsroom.edition()), week(), edition.at)
    for form in ("page", "html"):
        tags = [tag for tag, _ in Outline(spoken(digest)[form]).elements]
        assert sorted(tags) == sorted(tag for tag, _ in Outline(spoken(calm)[form]).elements)
    assert ATTACK in spoken(digest)["text"]


def test_a_page_without_escaping_would_be_caught() -> None:
    assert Outline(f"<p>{ATTACK}</p>").named("script")


def test_only_the_mail_speaks_of_tokens(digest: Digest) -> None:
    said = spoken(digest)
    assert "facebook.token" in said["html"]
    assert "facebook.token" in said["text"]
    assert "token" not in said["page"].lower()


def test_the_operators_are_told_what_is_to_be_done(newsroom: Newsroom) -> None:
    newsroom.store.tell([("opened", Story("account", "warning", "twitter/dot", "not_found", NOON))], NOON)
    told = aside(
        newsroom.store, scope(newsroom.edition()), {"facebook.token": NOON.date(), "x.key": date(2027, 9, 1)}, NOON
    )
    assert [each.words for each in told.tokens] == ["expires on 20 November 2026, today"]
    assert "headcount account archive twitter/dot" in told.tasks[0].advice


def test_no_published_file_names_an_internal_account_or_what_was_said_to_us(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.edition().at, digests, feed)
    for name in newsroom.press.files:
        content = newsroom.bytes(name).decode()
        for secret in (CANARY, "secret", "alert(1)", "95,000,000", "777,0"):
            assert secret not in content, (name, secret)


def test_headings_stand_in_order_and_everything_has_its_name(digest: Digest) -> None:
    outline = Outline(as_page(digest))
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(each["aria-label"] for each in outline.named("svg"))
    assert all("scope" in each for each in outline.named("th"))
    assert len(outline.named("main")) == 1


def test_mail_shows_only_pictures_that_come_with_it(digest: Digest) -> None:
    mail = as_mail(digest, Aside())
    outline = Outline(mail.html)
    assert {each["src"] for each in outline.named("img")} == {f"cid:{name}" for name in mail.pictures}
    assert all("alt" in each for each in outline.named("img"))
    assert all(content.startswith(PNG) for content in mail.pictures.values())
    assert not outline.named("script")
    assert not outline.named("style")


def test_text_mail_fits_into_eighty_columns_where_it_is_prose(digest: Digest) -> None:
    lines = as_mail(digest, EXPIRING).text.splitlines()
    assert not [line for line in lines if line != line.rstrip()]
    assert max(map(len, lines[3:7])) <= 80


def test_a_line_is_open_where_a_count_is_missing() -> None:
    assert len(ET.fromstring(charts.spark([1, 2, None, 4, 5], "x")).findall(".//{*}polyline")) == 2
    assert len(ET.fromstring(charts.spark([1, 2, 3, 4, 5], "x")).findall(".//{*}polyline")) == 1


def test_a_day_that_is_not_known_has_no_bar() -> None:
    days = [DayTotal(date(2026, 11, day), gained, 1, 1, 2) for day, gained in ((9, 5), (10, None), (11, -3))]
    drawn = ET.fromstring(charts.daily(days, week(), "x"))
    fills = [each.get("fill") for each in drawn.findall(".//{*}rect")]
    assert (fills.count(charts.UP), fills.count(charts.DOWN)) == (1, 1)


@pytest.mark.parametrize("counts", [[], [None], [5], [5, 5, 5], [None, 0, None]])
def test_every_course_can_be_drawn(counts: list[int | None]) -> None:
    assert charts.png(charts.spark(counts, "<&>")).startswith(PNG)


def test_earlier_weeks_stay_and_are_made_anew_only_when_they_change(newsroom: Newsroom) -> None:
    newsroom.publish(NOON, digests)
    before = dict(newsroom.press.files)
    assert len([name for name in before if name.startswith("digest/")]) == 7
    newsroom.say("twitter/dot", 10_200, NOON)
    newsroom.publish(NOON + DAY / 24, digests)
    assert {name: each.sha256 for name, each in newsroom.press.files.items()} == {
        name: each.sha256 for name, each in before.items()
    }
    newsroom.say("twitter/lab", 321, NOON - 9 * DAY)
    newsroom.publish(NOON + DAY / 12, digests)
    changed = {name for name, each in newsroom.press.files.items() if each.sha256 != before[name].sha256}
    assert {"digest.html", "digest/2026-W46.html"} <= changed
    assert "digest/2026-W45.html" not in changed


def test_a_report_that_goes_on_is_the_same_as_one_made_from_nothing(newsroom: Newsroom) -> None:
    newsroom.publish(NOON, digests)
    newsroom.say("twitter/lab", 321, NOON - 9 * DAY)
    newsroom.store.tell([("noted", Story("moved", "notice", "twitter/dot", "", NOON))], NOON)
    newsroom.publish(NOON + DAY, digests)
    anew = newsroom.anew(newsroom.press.root.with_name("anew"))
    anew.publish(NOON + DAY, digests)
    assert {name: newsroom.bytes(name) for name in newsroom.press.files} == {
        name: anew.bytes(name) for name in anew.press.files
    }


def test_the_feed_is_one_that_readers_understand(newsroom: Newsroom) -> None:
    newsroom.publish(NOON, feed)
    found = feedparser.parse(newsroom.bytes("events.atom"))
    assert not found.bozo
    assert found.version == "atom10"
    assert [each.title for each in found.entries] == [
        "The count of lab on twitter changed unusually",
        "twitter is counted again",
        "twitter turns us away",
    ]
    root = ET.fromstring(newsroom.bytes("events.atom"))
    for each in (root, *root.findall(f"{ATOM}entry")):
        assert all(each.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))
    ids = [each.findtext(f"{ATOM}id") for each in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("tag:") for each in ids if each)


def test_what_is_old_leaves_the_feed_and_what_stays_keeps_its_id(newsroom: Newsroom) -> None:
    def ids(at: timedelta) -> list[str]:
        content = b"".join(next(iter(feed(newsroom.edition(NOON + at)))).make())  # type: ignore[union-attr] # a file that is made whole
        return [each.id for each in feedparser.parse(content).entries]

    assert ids(DAY) == ids(2 * DAY)
    assert ids(100 * DAY) == []


def test_no_more_than_a_hundred_entries_are_kept(newsroom: Newsroom) -> None:
    newsroom.store.tell([("noted", Story("moved", "notice", "twitter/dot", f"{n}")) for n in range(150)], NOON)
    content = b"".join(next(iter(feed(newsroom.edition(NOON + DAY)))).make())  # type: ignore[union-attr] # a file that is made whole
    assert len(feedparser.parse(content).entries) == 100


def test_a_page_that_named_an_internal_account_would_be_caught(digest: Digest) -> None:
    leaked = structs.replace(digest, arrived=(structs.replace(digest.movers[0].account, handle=CANARY),))
    assert CANARY in as_page(leaked)
