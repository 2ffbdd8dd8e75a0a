"""Facebook: what its table cannot say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headcount.model import Miss, Reading
from headcount.net.message import Get
from headcount.platforms import platform
from headcount.roster.identify import identify
from tests.platforms.graph_tables import Said, ask, by_handle, part, words
from tests.platforms.replaying import replay, truths
from tests.platforms.tables.facebook import HEADER, NASA, OTHER, TABLE, WHOLE, html, node

LIKES: Said = ("likes", 1234, 1)


def test_one_page_is_asked_for_itself_by_its_id_where_that_is_pinned() -> None:
    fields = {"fields": "id,username,followers_count,fan_count"}
    assert ask("facebook", ["Some.Lab"], node(followers_count=5)).requests == [Get("{api}/v25.0/Some.Lab", fields)]
    assert ask("facebook", ["a b?fields=x&y"], node()).requests == [Get("{api}/v25.0/a%20b%3Ffields%3Dx%26y", fields)]


def test_odd_names_break_nothing_in_a_batch() -> None:
    (request,) = ask("facebook", ["a b?fields=x&y", "ü"], [None, None]).requests[:1]
    assert "a%20b%3Ffields%3Dx%26y?fields=" in str(request)
    assert "%C3%BC?fields=" in str(request)


def test_followers_and_likes_bear_the_page_s_name_as_it_is_spelt() -> None:
    for source, body in (("api", node(followers_count=1234, fan_count=1200)), ("page", WHOLE)):
        said = replay("facebook", source, "somelab", body)
        assert [each.metric for each in said if isinstance(each, Reading)] == ["likes", "followers"]
        assert {each.handle for each in said if isinstance(each, Reading)} == {
            "Some.Lab" if source == "api" else "SomeLab"
        }


def test_likes_without_followers_are_likes_and_a_miss() -> None:
    assert words(replay("facebook", "api", "somelab", node(fan_count=3))) == [("likes", 3, 1), "shape_changed"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (html("Some Lab. 1,234 likes", OTHER), "shape_changed"),
        (html("Some Lab. 1,234 likes"), "shape_changed"),
        (html("Some Lab. 1,234 likes", {"user": {"id": "100"}}), "shape_changed"),
        (html("Some Lab. 1,234 likes", language="de"), "shape_changed"),
        (html("Some Lab. 1,234 likes").removesuffix("</html>"), "shape_changed"),
        (html("Some Lab. 1,234 likes", HEADER, {"user": {"id": "100"}}), "shape_changed"),
        (WHOLE.replace("28M followers", "28 Mio. followers"), "shape_changed"),
        (WHOLE.replace("28M followers", "99 of 28M followers"), "shape_changed"),
        (WHOLE.replace("5 following", "3M followers"), "shape_changed"),
        (WHOLE.replace('"28M followers"', "null"), "shape_changed"),
        (WHOLE.replace("28M followers", "7 following"), "hidden"),
        (WHOLE.replace("28M followers", "7 following").replace('lang="en"', 'lang="de"'), "shape_changed"),
        (WHOLE.replace("28M followers", "7 following").removesuffix("</html>"), "shape_changed"),
        (WHOLE.replace("28M followers", "1,023 followers"), ("followers", 1023, 1)),
    ],
)
def test_a_page_that_lost_its_followers_keeps_its_likes(page: str, said: Said) -> None:
    assert words(replay("facebook", "page", "SomeLab", page)) == [LIKES, said]


def test_no_page_s_word_of_an_absence_is_final() -> None:
    misses = [
        each
        for row in TABLE.rows
        if row.source == "page" and isinstance(row.expected, str) and row.expected != "renamed_or_reused"
        for each in replay("facebook", "page", row.handle or TABLE.handle, *row.replies, ids=row.ids)
    ]
    assert len(misses) > 20
    assert all(isinstance(each, Miss) and not each.final for each in misses)


def test_a_renamed_page_is_known_by_its_pinned_id() -> None:
    first = replay("facebook", "page", "OldName", WHOLE, ids={"graph": "777"})[0]
    assert isinstance(first, Reading)
    assert first.handle == "SomeLab"


def test_a_page_cut_short_anywhere_never_tells_a_wrong_number() -> None:
    raw = WHOLE.encode()
    for end in range(len(raw)):
        said = words(replay("facebook", "page", "SomeLab", raw[:end], NASA))
        assert {each for each in said if not isinstance(each, str)} <= {LIKES, ("followers", 28_000_000, 1_000_000)}
        assert not {"hidden", "not_found"} & set(said)


def test_case_and_dots_make_no_difference() -> None:
    handles = platform("facebook").handles
    assert handles.fold("Oak.Ridge.National.Laboratory") == handles.fold("oakridgenationallaboratory")


def test_a_bare_number_is_an_id_as_it_is_in_an_address() -> None:
    assert identify("100044561550831", "facebook") == identify(
        "https://www.facebook.com/profile.php?id=100044561550831"
    )


def test_a_recorded_batch_keeps_its_order_and_its_errors_apart(recordings: Path) -> None:
    body = (recordings / "facebook" / "batch_partial_error_with_headers.json").read_bytes()
    assert by_handle(ask("facebook", ["2", "123456789"], body).said) == {"2": "not_found", "123456789": "shape_changed"}


def test_recorded_answers_about_two_pages_are_told_apart(recordings: Path) -> None:
    file = "graph_ids_batch2_fan_count.json"
    pages = json.loads((recordings / "facebook" / file).read_text(encoding="utf-8"))
    said = ask("facebook", list(pages), [part(page) for page in pages.values()]).said
    likes = {each.account.handle: each.count.value for each in said if isinstance(each, Reading)}
    assert ", ".join(f"{page}={count}" for page, count in likes.items()) == truths(recordings, "facebook")[file]
