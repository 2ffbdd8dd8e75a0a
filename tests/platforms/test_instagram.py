"""Instagram: what its table cannot say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headcount.demo.answers.instagram import OWN
from headcount.model import Count, Miss, Reading
from headcount.net.message import Get, Post
from tests.platforms.graph_tables import ask, by_handle, part, words
from tests.platforms.replaying import replay
from tests.platforms.tables.instagram import CONTROL, LAB, TABLE, USER, card, discovered, html

FIELDS = "id,ig_id,username,followers_count"


def test_others_are_asked_for_through_ones_own_account_and_oneself_as_oneself() -> None:
    replayed = ask("instagram", ["some_lab", OWN], [part(discovered()), part({**LAB, "id": OWN})], user_id=OWN)
    (request,) = replayed.requests
    assert isinstance(request, Post)
    assert [call["relative_url"] for call in json.loads(request.form["batch"])] == [
        f"{OWN}?fields=business_discovery.username(some_lab){{{FIELDS}}}",
        f"{OWN}?fields={FIELDS}",
    ]
    assert by_handle(replayed.said) == {"some_lab": ("followers", 64976, 1), OWN: ("followers", 64976, 1)}


def test_one_account_is_asked_for_without_a_batch() -> None:
    (request,) = ask("instagram", ["some_lab"], discovered(), user_id=OWN).requests
    assert request == Get(f"{{api}}/v25.0/{OWN}", {"fields": f"business_discovery.username(some_lab){{{FIELDS}}}"})


def test_a_name_that_instagram_does_not_allow_costs_no_call_and_nobody_else() -> None:
    replayed = ask("instagram", ["some lab", "some_lab", "x){id},y("], discovered(), user_id=OWN)
    assert len(replayed.requests) == 1
    found = {"some lab": "not_found", "some_lab": ("followers", 64976, 1), "x){id},y(": "not_found"}
    assert by_handle(replayed.said) == found
    assert ask("instagram", ["some/lab"]).requests == []


def test_a_reading_bears_the_name_as_it_is_spelt() -> None:
    for source, body in (("api", discovered()), ("page", html(None, USER)), ("page", html())):
        (reading,) = replay("instagram", source, "Some_Lab", body, options=TABLE.options)
        assert isinstance(reading, Reading)
        assert reading.handle == "some_lab"


def test_no_page_s_word_of_an_absence_is_final() -> None:
    rows = [row for row in TABLE.rows if row.source == "page" and isinstance(row.expected, str) and row.replies]
    misses = [
        each
        for row in rows
        if row.expected != "renamed_or_reused"
        for each in replay("instagram", "page", row.handle or TABLE.handle, *row.replies, ids=row.ids)
    ]
    assert len(misses) > 20
    assert all(isinstance(each, Miss) and not each.final for each in misses)


@pytest.mark.parametrize("page", [html(), html(None, USER), card("2,362 Followers, 136 Following, 224 Posts")])
def test_a_page_cut_short_anywhere_never_tells_a_wrong_number_nor_an_absence(page: str) -> None:
    raw = page.encode()
    whole = words(replay("instagram", "page", "some_lab", raw))
    for end in range(len(raw)):
        said = words(replay("instagram", "page", "some_lab", raw[:end], CONTROL))
        assert said in (whole, ["shape_changed"])


@pytest.mark.parametrize(
    ("file", "handle", "count"),
    [
        ("graph_own_ig_user.json", "facebookfordevelopers", Count(64363)),
        ("graph_own_ig_user_small.json", "tester2018", Count(10)),
    ],
)
def test_a_recorded_reply_about_ones_own_account_is_read_where_nobody_says_whose_it_is(
    recordings: Path, file: str, handle: str, count: Count
) -> None:
    (reading,) = replay("instagram", "api", handle, recordings / "instagram" / file)
    assert isinstance(reading, Reading)
    assert reading.count == count
