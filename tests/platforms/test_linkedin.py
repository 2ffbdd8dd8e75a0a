"""LinkedIn, asked with small replies of our own: what is sent, and what refusals mean to everybody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headcount.model import Miss, Reading
from headcount.net.message import Get, Pace, Reply
from headcount.platforms import platform
from headcount.platforms.linkedin import BY_ID, PAGE
from headcount.platforms.replies import linkedin_page
from headcount.platforms.replies.linkedin_errors import refusal
from headcount.roster.identify import identify
from tests.platforms.replaying import account, rehearse, replay, reply, way
from tests.platforms.tables.linkedin import IDS, NUMBER, SIZE, at, listed, older, organization, page, problem

OPTIONS = {"version": "202605"}
HEADERS = {"linkedin-version": "202605", "x-restli-protocol-version": "2.0.0"}
SIZED = Get(
    "{api}/rest/networkSizes/urn%3Ali%3Aorganization%3A10529043", {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"}, HEADERS
)


def test_a_page_is_looked_up_by_its_name_and_then_sized_by_its_number() -> None:
    asked = [account("linkedin", "showcase/Energy")]
    found = rehearse(way("linkedin", "api"), asked, listed(organization()), SIZE, options=OPTIONS)
    query = {"q": "vanityName", "vanityName": "energy"}
    assert found.requests == [Get("{api}/rest/organizations", query, HEADERS), SIZED]


def test_a_bare_size_in_place_of_a_look_up_is_nobodys_unless_it_was_saved() -> None:
    asked = [account("linkedin", "energy")]
    (miss,) = rehearse(way("linkedin", "api"), asked, SIZE, SIZE, options=OPTIONS).said
    assert isinstance(miss, Miss)
    assert miss.reason == "shape_changed"
    (reading,) = rehearse(way("linkedin", "api"), asked, SIZE, options={**OPTIONS, "saved": "yes"}).said
    assert isinstance(reading, Reading)


def test_a_page_whose_number_is_known_is_sized_at_once() -> None:
    asked = [account("linkedin", "old-name", **IDS)]
    assert rehearse(way("linkedin", "api", IDS), asked, SIZE, options=OPTIONS).requests == [SIZED]


def test_a_number_that_was_written_for_a_handle_is_pinned() -> None:
    named = identify(NUMBER, "linkedin")
    assert (named.handle, named.ids) == (NUMBER, IDS)
    assert BY_ID.pinned in named.ids


@pytest.mark.parametrize(
    ("handle", "url"),
    [
        ("energy", "{page}/company/energy"),
        ("showcase/science", "{page}/showcase/science"),
        ("school/mit", "{page}/school/mit"),
        (NUMBER, "{page}/company/10529043"),
        ("l'oréal", "{page}/company/l%27or%C3%A9al"),
    ],
)
def test_a_page_is_asked_for_in_english_where_it_is(handle: str, url: str) -> None:
    replayed = rehearse(PAGE, [account("linkedin", handle)], page())
    assert replayed.requests == [Get(url, headers={"accept-language": "en-US,en;q=0.1"})]


def test_the_page_is_read_only_where_somebody_says_so_and_once_a_day() -> None:
    assert PAGE.opt_in
    assert not PAGE.official
    assert PAGE.pace == Pace(1, per=86_400)


def test_a_page_of_another_number_than_the_pinned_one_was_handed_on() -> None:
    (miss,) = replay("linkedin", "page", "energy", page(number="7"), ids=IDS)
    assert isinstance(miss, Miss)
    assert miss.reason == "renamed_or_reused"


def test_a_page_that_moved_says_where_it_is() -> None:
    moved = at("https://www.linkedin.com/company/doe", page(path="company/doe"))
    (miss,) = replay("linkedin", "page", "energy", moved)
    assert isinstance(miss, Miss)
    assert (miss.reason, miss.detail) == ("moved", "it is at company/doe now")
    (reading,) = replay("linkedin", "page", "energy", moved, ids=IDS)
    assert isinstance(reading, Reading)
    assert reading.handle == "doe"


@pytest.mark.parametrize(
    ("came", "scope"),
    [
        (problem(400, "MISSING_FIELD"), "batch"),
        (problem(401, "INVALID_ACCESS_TOKEN"), "credential"),
        (problem(403, "ACCESS_DENIED"), "batch"),
        (problem(404, "NOT_FOUND"), "batch"),
        (problem(426, "NONEXISTENT_VERSION"), "source"),
        (problem(429, "TOO_MANY_REQUESTS"), "credential"),
    ],
)
def test_a_refusal_says_whom_else_it_holds_for(came: Reply, scope: str) -> None:
    refused = refusal(came)
    assert refused is not None
    assert refused.scope == scope


def test_a_days_allowance_begins_afresh_at_midnight() -> None:
    refused = refusal(problem(429, "TOO_MANY_REQUESTS"))
    assert refused is not None
    assert refused.again == datetime(2026, 11, 21, tzinfo=UTC)
    refused = refusal(reply({"status": 429, "code": "TOO_MANY_REQUESTS"}, 429, retry_after="60"))
    assert refused is not None
    assert refused.again == timedelta(minutes=1)


def test_a_retired_version_is_told_with_what_to_do() -> None:
    refused = refusal(problem(426, "NONEXISTENT_VERSION"))
    assert refused is not None
    assert "set a newer month" in refused.detail
    assert platform("linkedin").options == {"version": "202601"}


def test_a_problem_without_a_code_is_told_by_its_status() -> None:
    refused = refusal(older(401, "The token has been revoked"))
    assert refused is not None
    assert refused.detail == "the token is not valid, or has expired: 401 The token has been revoked"


@pytest.mark.parametrize("status", [401, 403, 999])
def test_a_wall_stops_the_source(status: int) -> None:
    refused = linkedin_page.refusal(reply("", status))
    assert refused is not None
    assert (refused.reason, refused.scope) == ("blocked", "source")


def test_an_answer_is_no_refusal() -> None:
    assert refusal(reply(SIZE)) is None
    assert linkedin_page.refusal(reply(page())) is None
