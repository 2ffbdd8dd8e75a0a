"""The status page: what it says, to whom, and that nothing put into it runs or leads elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError
from msgspec import structs

from headcount.model import Count, Entry, Tally
from headcount.news.story import Story
from headcount.pages.render import page
from headcount.publish.edition import Edition, Listed
from headcount.publish.outputs.health import health
from headcount.publish.outputs.status_page import status_page
from headcount.vitals.signs import Expectation, Expected
from tests.publish.newsroom import DAY, HELD, HOUR, MINUTE, NOON, Newsroom

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "javascript:alert(1)//<svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
)
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """A page as a strict reader takes it: every element that is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.text += " " if tag in {"td", "th"} else ""

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


def shown(newsroom: Newsroom, hours: int = 1) -> Page:
    newsroom.publish(NOON + hours * HOUR, status_page)
    return Page(newsroom.bytes("status.html").decode())


def rendered(edition: Edition) -> str:
    (file,) = status_page(edition)
    return b"".join(file.make()).decode()  # type: ignore[union-attr] # it is made whole


def trouble(newsroom: Newsroom) -> None:
    """Everything of which a page may say something."""
    newsroom.say("twitter/dot", Count(1000, 100, "rounded"), source="page")
    newsroom.say("twitter/lab", "not_found")
    newsroom.say("twitter/secret", "blocked")
    newsroom.say("facebook/dot", "bad_credentials")
    newsroom.say("storify/dot", "retired")
    run = newsroom.store.begin("hourly", NOON, NOON)
    newsroom.store.finish(run.id, NOON + 2 * MINUTE, Tally())
    newsroom.store.tell(
        [
            (
                "opened",
                Story("account", "warning", "twitter/lab", "not_found", NOON, ("twitter/lab",), "HTTP 404 canary"),
            ),
            ("opened", Story("account", "warning", "twitter/secret", "blocked", NOON, ("twitter/secret",))),
            (
                "opened",
                Story("platform", "urgent", "facebook", "bad_credentials", NOON, ("facebook/dot",), "token canary"),
            ),
            ("opened", Story("credential", "warning", "facebook.token", figures={"days": 3})),
            ("noted", Story("milestone", "notice", "twitter/dot", figures={"passed": 1000, "count": 1000})),
        ],
        NOON + 3 * MINUTE,
    )


def test_the_page_says_how_the_counting_is(newsroom: Newsroom) -> None:
    trouble(newsroom)
    words = shown(newsroom).words
    for said in (
        "1 of 3 accounts is counted as it should be.",
        "lab on twitter is not found. It has no count until this is over",
        "lab on twitter failing It is not found. 20 November 2026, 07:01 EST",
        "dot on facebook failing It could not be asked about.",
        "3 have no count to give",
        "hourly ok 20 November 2026, 07:02 EST 20 November 2026, 09:00 EST",
        "dot on twitter has passed 1,000 followers",
        "Last updated on 20 November 2026, 08:00 EST.",
        "The next update is due by 20 November 2026, 10:00 EST.",
    ):
        assert said in words, said


def test_the_page_says_it_where_all_is_well(newsroom: Newsroom) -> None:
    for key in ("twitter/dot", "twitter/lab", "facebook/dot", "storify/dot"):
        newsroom.say(key, 5)
    words = shown(newsroom).words
    assert "All 4 accounts are counted as they should be." in words
    assert "There are none." in words
    assert "Nothing happened that had to be told." in words


def test_a_count_in_doubt_is_said_to_await_review_and_is_not_shown(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 987_654, verdict=HELD)
    words = shown(newsroom).words
    assert "dot on twitter awaiting review It has a count that awaits review." in words
    assert "987" not in words


@pytest.mark.parametrize("canary", ["canary", "secret", "credential", "token", "bad_", "hush"])
def test_nothing_of_internal_accounts_and_credentials_is_on_the_page_or_in_the_file(
    newsroom: Newsroom, canary: str
) -> None:
    trouble(newsroom)
    newsroom.publish(NOON + HOUR, status_page, health)
    assert canary not in newsroom.bytes("status.html").decode().lower()
    assert canary not in newsroom.bytes("health.json").decode().lower()


def test_what_was_told_a_week_ago_is_on_the_page_and_what_was_earlier_is_not(newsroom: Newsroom) -> None:
    for at, passed in ((NOON - 6 * DAY, 1000), (NOON - 8 * DAY, 900)):
        story = Story("milestone", "notice", "twitter/dot", str(passed), figures={"passed": passed, "count": passed})
        newsroom.store.tell([("noted", story)], at)
    words = shown(newsroom).words
    assert "passed 1,000" in words
    assert "passed 900" not in words


def test_what_is_over_is_no_longer_the_matter(newsroom: Newsroom) -> None:
    story = Story("account", "warning", "twitter/lab", "not_found", NOON, ("twitter/lab",))
    newsroom.store.tell([("opened", story)], NOON)
    assert "What is the matter now" in shown(newsroom).words
    newsroom.store.tell([("cleared", story)], NOON + HOUR)
    words = shown(newsroom, 2).words
    assert "What is the matter now" not in words
    assert "lab on twitter is counted again." in words


def test_a_table_says_what_its_rows_and_columns_are_and_a_page_where_its_parts_are(newsroom: Newsroom) -> None:
    trouble(newsroom)
    found = shown(newsroom)
    tags = [tag for tag, _ in found.elements]
    assert tags.count("table") == tags.count("caption") == 3
    assert {cell.get("scope") for cell in found.all("th")} == {"row", "col"}
    assert [tags.count(landmark) for landmark in ("main", "header", "footer", "h1", "title")] == [1] * 5
    assert found.all("html") == [{"lang": "en"}]
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    named = {attributes["aria-labelledby"] for _, attributes in found.elements if "aria-labelledby" in attributes}
    assert named <= set(ids)
    assert len(ids) == len(set(ids))


def with_names(newsroom: Newsroom, payload: str) -> Edition:
    """An edition in which everything that others name is a payload."""
    key = f"twitter/{payload}"
    newsroom.store.tell([("opened", Story("account", "warning", key, "not_found", NOON, (key,)))], NOON)
    expected = Expected(key=key, unit="1", platform=payload, period=HOUR, job=payload)
    edition = newsroom.edition()
    return structs.replace(
        edition,
        organization=payload,
        names={payload: payload, "twitter": payload},
        listed=(Listed(key, Entry("1", "twitter", payload)),),
        expected=Expectation(accounts=(expected,), jobs={payload: edition.expected.jobs["hourly"]}),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_something_is_called_it_is_only_text(newsroom: Newsroom, payload: str) -> None:
    plain, spoilt = Page(rendered(with_names(newsroom, "plain"))), Page(rendered(with_names(newsroom, payload)))
    assert spoilt.elements[:3] == plain.elements[:3]
    assert {tag for tag, _ in spoilt.elements} == {tag for tag, _ in plain.elements}
    assert not [name for _, attributes in spoilt.elements for name in attributes if name.startswith("on")]
    assert spoilt.text.count(payload) >= 5


def test_nothing_is_loaded_from_anywhere_and_only_what_the_policy_names_runs(newsroom: Newsroom) -> None:
    text = rendered(newsroom.edition())
    assert re.findall(r"(?:https?:)?//[a-z]", re.sub(r"^ *//.*$", "", text, flags=re.MULTILINE)) == []
    found = Page(text)
    assert not any(attributes.get("src") for _, attributes in found.elements)
    assert all(re.fullmatch(r"[a-z._]+", link["href"] or "") for link in found.all("a"))
    (policy,) = [each["content"] for each in found.all("meta") if each.get("http-equiv")]
    assert policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_a_page_that_never_grows_stale_says_nothing_of_it() -> None:
    text = page("base.html", title="T", organization="O", timezone="UTC", published_at=NOON, stale_after=None)
    assert "next update" not in Page(text).words
    assert "data-stale-after" not in text.partition("<script>")[0]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("America/New_York", "20 November 2026, 07:00 EST"), ("America/Sao_Paulo", "20 November 2026, 09:00 UTC-03")],
)
def test_times_are_those_of_the_organisation_with_the_name_of_their_zone(zone: str, expected: str) -> None:
    text = page("base.html", title="T", organization="O", timezone=zone, published_at=NOON, stale_after=None)
    assert f'<time datetime="2026-11-20T12:00:00Z">{expected}</time>' in text


def test_a_value_that_nobody_gives_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="organization"):
        page("base.html", title="T", timezone="UTC", published_at=NOON, stale_after=NOON + timedelta(hours=1))
