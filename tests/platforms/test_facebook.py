"""Facebook: the official interface, the public page, how Pages are written, and every recorded file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from headcount.model import Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms import platform
from tests.platforms.graph_tables import Row, Said, ask, by_handle, contradictions, part, play, without_row, words
from tests.platforms.replaying import AT, replay, truths

# -------------------------------------------------------------------------------------------- the official interface


def answer(**fields: object) -> list[object]:
    return [part({"id": "777", "username": "Some.Lab", **fields})]


def test_followers_and_likes_are_two_metrics() -> None:
    likes, followers = replay("facebook", "api", "somelab", answer(followers_count=1234, fan_count=1200))
    assert isinstance(likes, Reading)
    assert isinstance(followers, Reading)
    assert (likes.metric, likes.count) == ("likes", Count(1200))
    assert (followers.metric, followers.count) == ("followers", Count(1234))
    assert (followers.handle, followers.ids) == ("Some.Lab", {"graph": "777"})


@pytest.mark.parametrize(
    ("handle", "fields", "said"),
    [
        ("SOME.lab", {"followers_count": 5}, [("followers", 5, 1)]),
        ("somelab", {"followers_count": 0, "fan_count": 0}, [("likes", 0, 1), ("followers", 0, 1)]),
        ("somelab", {"fan_count": 3}, [("likes", 3, 1), "shape_changed"]),
        ("somelab", {}, ["shape_changed"]),
        ("somelab", {"followers_count": 5, "fan_count": -1}, ["shape_changed"]),
        ("somelab", {"followers_count": 5, "username": None}, [("followers", 5, 1)]),
        ("777", {"followers_count": 5, "username": None}, [("followers", 5, 1)]),
        ("778", {"followers_count": 5}, ["renamed_or_reused"]),
        ("otherlab", {"followers_count": 5}, ["renamed_or_reused"]),
        ("somelab", {"followers_count": 5, "id": "x"}, ["shape_changed"]),
    ],
)
def test_an_answer_counts_if_it_is_about_the_page_asked_for(
    handle: str, fields: dict[str, object], said: list[Said]
) -> None:
    assert words(replay("facebook", "api", handle, answer(**fields))) == said


@pytest.mark.parametrize(("pinned", "said"), [("777", [("followers", 5, 1)]), ("778", ["renamed_or_reused"])])
def test_a_pinned_page_is_asked_for_by_its_id_and_may_have_another_name(pinned: str, said: list[Said]) -> None:
    outcomes = replay("facebook", "api", "OldName", answer(followers_count=5), ids={"graph": pinned})
    assert words(outcomes) == said


def test_pinned_and_unpinned_pages_share_a_batch_and_odd_names_break_nothing() -> None:
    (request,) = ask("facebook", ["a b?fields=x&y", "ü"], [None, None]).requests[:1]
    assert "a%20b%3Ffields%3Dx%26y?fields=" in str(request)
    assert "%C3%BC?fields=" in str(request)


# --------------------------------------------------------------------------------------------------- the public page

HEADER = {
    "user": {
        "id": "100",
        "delegate_page": {"id": "777"},
        "profile_social_context": {"content": [{"text": {"text": "28M followers"}}, {"text": {"text": "5 following"}}]},
    }
}
OTHER = {"user": {"id": "200", "profile_social_context": {"content": [{"text": {"text": "9M followers"}}]}}}


ABOUT = "Some Lab. 28,660,812 likes &#xb7; 78,461 talking about this. We have 5 likes &#xb7; ha."


def html(
    about: str = ABOUT,
    *headers: object,
    title: str = "Some Lab",
    url: str = "https://web.facebook.com/SomeLab",
    profile: str = "100",
    language: str = "en",
) -> str:
    """A public page: its head, and the data of the profiles that it shows."""
    data = {"require": [{"__bbox": {"data": {"user": {"profile_header_renderer": header}}}} for header in headers]}
    return f"""<!DOCTYPE html><html id="facebook" lang="{language}"><head>
<meta property="al:android:url" content="fb://profile/{profile}" />
<meta property="og:title" content="{title}" /><meta property="og:description" content="{about}" />
<meta property="og:url" content="{url}" /></head><body>
<script type="application/json" data-sjs>{json.dumps(data) if headers else ""}</script></body></html>"""


WHOLE = html("Some Lab. 1,234 likes &#xb7; 9 were here.", HEADER)


def test_a_page_tells_likes_exactly_and_followers_in_millions() -> None:
    likes, followers = replay("facebook", "page", "some.lab", html(ABOUT, HEADER))
    assert isinstance(likes, Reading)
    assert isinstance(followers, Reading)
    assert (likes.count, likes.handle, likes.ids) == (Count(28660812), "SomeLab", {"profile": "100", "graph": "777"})
    assert followers.count == Count(28_000_000, 1_000_000, "unknown")


@pytest.mark.parametrize(
    ("about", "title", "likes"),
    [
        ("Area 51. 12,345 likes &#xb7; 3 talking about this", "Area 51", 12345),
        ("Top 100. 7 likes", "Top 100", 7),
        ("1 likes this. 2,000 likes &#xb7; 3 talking about this", "1 likes this", 2000),
        ("1,000 likes. 20 likes &#xb7; 3 talking about this", "1,000 likes", 20),
        ("U.S. Department of X. 459,212 likes &#xb7; 5,561 were here", "U.S. Department of X", 459212),
        ("Kettle, Regina, Saskatchewan. 3,246 likes &#xb7; 25 talking about this", "Kettle | Regina SK", 3246),
        ("459,212 likes &#xb7; 12,000 talking about this", "Anything", 459212),
        ("Lab. 1 like", "Lab", 1),
        ("Lab. 0 likes", "Lab", 0),
    ],
)
def test_the_number_before_likes_is_taken_and_none_of_the_name(about: str, title: str, likes: int) -> None:
    said = words(replay("facebook", "page", "somelab", html(about, HEADER, title=title)))
    assert said == [("likes", likes, 1), ("followers", 28_000_000, 1_000_000)]


@pytest.mark.parametrize(
    "about",
    [
        "Lab. 28.660.812 likes",
        "Lab. 28,66 likes",
        "Lab. 28 660 812 likes",
        "Lab. 2,860 „Gefällt mir“-Angaben",
        "Lab. Over 1,234 likes",
        "Lab. 1,234 likes us all",
        "Lab. We are the best",
        "Route 66. 1,234 likes",
        "",
    ],
)
def test_what_is_no_sound_number_of_likes_is_none(about: str) -> None:
    said = words(replay("facebook", "page", "somelab", html(about, HEADER, title="Lab")))
    assert said == [("followers", 28_000_000, 1_000_000)]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (html("Some Lab. 5 likes", OTHER, HEADER), [("likes", 5, 1), ("followers", 28_000_000, 1_000_000)]),
        (html("Some Lab. 5 likes", OTHER), [("likes", 5, 1), "shape_changed"]),
        (html("Some Lab. 5 likes"), [("likes", 5, 1), "shape_changed"]),
        (html("Some Lab. 5 likes", {"user": {"id": "100"}}), [("likes", 5, 1), "shape_changed"]),
        (html("Some Lab. 5 likes", language="de"), [("likes", 5, 1), "shape_changed"]),
        (html("Some Lab. 5 likes").removesuffix("</html>"), [("likes", 5, 1), "shape_changed"]),
        (WHOLE.replace("28M followers", "28 Mio. followers"), [("likes", 1234, 1), "shape_changed"]),
        (WHOLE.replace("28M followers", "99 of 28M followers"), [("likes", 1234, 1), "shape_changed"]),
        (WHOLE.replace("28M followers", "1,023 followers"), [("likes", 1234, 1), ("followers", 1023, 1)]),
        (WHOLE.replace("28M followers", "7 following"), [("likes", 1234, 1), "hidden"]),
        (WHOLE.replace('"28M followers"', "null"), [("likes", 1234, 1), "shape_changed"]),
        (html("Some Lab. 5 likes", HEADER, {"user": {"id": "100"}}), [("likes", 5, 1), "shape_changed"]),
        (html("Some Lab. 5 likes", HEADER, url="https://web.facebook.com/OtherLab", profile="9"), ["shape_changed"]),
        (html("Some Lab. 5 likes", HEADER, url="", profile=""), ["shape_changed"]),
        ("", ["shape_changed"]),
        ("<html><body>Something new</body></html>", ["shape_changed"]),
        ('<html><title>Facebook</title><form id="login_form">', ["blocked"]),
        ("<html><title>Log in to Facebook</title>", ["blocked"]),
        (html("See posts, photos and more on Facebook.", title="Log in or sign up to view"), ["blocked"]),
    ],
)
def test_a_page_is_read_for_what_it_says_of_the_page_asked_for(page: str, said: list[Said]) -> None:
    assert words(replay("facebook", "page", "SomeLab", page)) == said


@pytest.mark.parametrize("handle", ["100", "777", "someLAB", "so.me.lab"])
def test_a_page_is_known_by_its_name_or_either_of_its_ids(handle: str) -> None:
    assert words(replay("facebook", "page", handle, WHOLE))[0] == ("likes", 1234, 1)


@pytest.mark.parametrize(
    ("pinned", "said"), [("777", ("likes", 1234, 1)), ("100", ("likes", 1234, 1)), ("778", "renamed_or_reused")]
)
def test_either_id_may_be_pinned_and_a_third_is_somebody_else(pinned: str, said: Said) -> None:
    assert words(replay("facebook", "page", "SomeLab", WHOLE, ids={"graph": pinned}))[0] == said


def test_a_renamed_page_is_known_by_its_pinned_id() -> None:
    first = replay("facebook", "page", "OldName", WHOLE, ids={"graph": "777"})[0]
    assert isinstance(first, Reading)
    assert first.handle == "SomeLab"


NASA = html("Some Lab. 5 likes", HEADER, url="https://www.facebook.com/NASA")


@pytest.mark.parametrize(
    ("status", "body", "control", "reason"),
    [
        (404, "", NASA, "not_found"),
        (404, "", '<form id="login_form">', "blocked"),
        (200, "<html>This content isn&#039;t available right now", NASA, "not_found"),
        (200, "<html>This page isn\u2019t available", NASA, "not_found"),
        (200, "<html>This page isn't available", "", "shape_changed"),
        (403, "", "", "blocked"),
        (429, "", "", "rate_limited"),
        (500, "", "", "unreachable"),
        (400, "<html>Sorry, something went wrong</html>", "", "shape_changed"),
    ],
)
def test_absence_is_believed_if_the_control_page_is_there(status: int, body: str, control: str, reason: str) -> None:
    (miss,) = replay("facebook", "page", "gone", body, control, status=status)
    assert isinstance(miss, Miss)
    assert (miss.reason, miss.final) == (reason, False)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(302, {"location": "https://www.facebook.com/login/?next=x"}, b"", AT),
        Reply(200, {}, WHOLE.encode(), AT, "https://www.facebook.com/login.php?next=x"),
        Reply(200, {}, b"<html>", AT, "https://www.facebook.com/checkpoint/123/"),
    ],
)
def test_being_sent_to_the_login_page_is_being_blocked(reply: Reply) -> None:
    assert words(replay("facebook", "page", "SomeLab", reply)) == ["blocked"]


def test_a_page_cut_short_anywhere_never_tells_a_wrong_number() -> None:
    raw = WHOLE.encode()
    for end in range(len(raw)):
        said = words(replay("facebook", "page", "SomeLab", raw[:end]))
        assert {each for each in said if not isinstance(each, str)} <= {
            ("likes", 1234, 1),
            ("followers", 28_000_000, 1_000_000),
        }
        assert "hidden" not in said


# ------------------------------------------------------------------------------------------------- how it is written

SITE = "https://www.facebook.com/"


def identified(text: str) -> dict[str, str]:
    """What the first pattern that fits says, as the roster asks it."""
    url = re.sub(r"^https?://(?:www\.)?", "", text).removesuffix("/")
    handles = platform("facebook").handles
    for pattern in handles.urls if "/" in url else handles.names:
        if found := re.fullmatch(pattern, url):
            return {name: value for name, value in found.groupdict().items() if value}
    return {}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("energygov", {"handle": "energygov"}),
        ("@energygov", {"handle": "energygov"}),
        ("Oak.Ridge.National.Laboratory", {"handle": "Oak.Ridge.National.Laboratory"}),
        (SITE + "energygov/", {"handle": "energygov"}),
        (SITE + "energygov?ref=hl", {"handle": "energygov"}),
        (SITE + "energygov/photos/123", {"handle": "energygov"}),
        (SITE + "#!/energygov", {"handle": "energygov"}),
        (SITE + "pg/energygov/about", {"handle": "energygov"}),
        ("https://m.facebook.com/energygov", {"handle": "energygov"}),
        ("https://de-de.facebook.com/energygov", {"handle": "energygov"}),
        ("https://fb.com/energygov", {"handle": "energygov"}),
        ("https://fb.me/energygov", {"handle": "energygov"}),
        (SITE + "profile.php?id=100044561550831", {"graph": "100044561550831"}),
        (SITE + "profile.php?ref=x&id=100044561550831&sk=about", {"graph": "100044561550831"}),
        (SITE + "people/Some-Lab/61550000000000/", {"graph": "61550000000000"}),
        (SITE + "p/Some-Lab-61550000000000/", {"graph": "61550000000000"}),
        (SITE + "pages/Some-Lab/123456789012345", {"graph": "123456789012345"}),
        (SITE + "pages/category/Science/Some-Lab-123456789012345/", {"graph": "123456789012345"}),
        (SITE + "Some-Lab-123456789012345/", {"graph": "123456789012345"}),
        (SITE + "123456789012345/", {"graph": "123456789012345"}),
        (SITE + "profile.php", {}),
        (SITE + "photo.php?fbid=1", {}),
        ("https://example.org/energygov", {}),
        ("some lab", {}),
    ],
)
def test_a_page_is_written_in_many_ways(text: str, groups: dict[str, str]) -> None:
    assert identified(text) == groups


def test_case_and_dots_make_no_difference() -> None:
    handles = platform("facebook").handles
    assert handles.fold("Oak.Ridge.National.Laboratory") == handles.fold("oakridgenationallaboratory")


def test_words_of_the_site_are_no_pages() -> None:
    reserved = platform("facebook").handles.reserved.split()
    assert {
        "groups",
        "events",
        "watch",
        "marketplace",
        "login",
        "share",
        "sharer",
        "plugins",
        "help",
        "policies",
    } <= set(reserved)


# ---------------------------------------------------------------------------------------------- the recorded replies

LIKES_ONLY = "shape_changed"  # none was recorded with followers_count
RECORDED = {
    "graph_page_single.json": Row("api", "facebookapp", (("likes", 214507731, 1), LIKES_ONLY)),
    "graph_page_default_localised_sentence.json": Row("api", "facebookapp", (("likes", 214507731, 1), LIKES_ONLY)),
    "graph_page_fan_count_small.json": Row("api", "123456789098765", (("likes", 3, 1), LIKES_ONLY)),
    "error_190_463_expired.json": Row("api", "a", ("bad_credentials",), 400),
    "error_190_467_logged_out.json": Row("api", "a", ("bad_credentials",), 400),
    "error_190_undecryptable.json": Row("api", "a", ("bad_credentials",), 400),
    "error_104_no_token.json": Row("api", "a", ("bad_credentials",), 400),
    "error_803_username_of_a_person.json": Row("api", "a", ("not_found",), 400),
    "error_100_unsupported_get.json": Row("api", "a", ("not_found",), 400),
    "error_100_needs_ppca.json": Row("api", "a", ("missing_permission",), 400),
    "error_100_ppca_needs_proof.json": Row("api", "a", ("missing_permission",), 400),
    "error_2_transient.json": Row("api", "a", ("unreachable",), 503),
    "error_2500_bad_path.json": Row("api", "a", ("shape_changed",), 400),
    "error_4_app_limit.json": Row("api", "a", ("rate_limited",), 403),
    "error_17_user_limit.json": Row("api", "a", ("rate_limited",), 400),
    "error_not_json_400_nginx.html": Row("api", "a", ("shape_changed",), 400, alone=False),
    "html_comet_nasa_2026-07.html": Row("page", "NASA", (("likes", 28660812, 1), ("followers", 28_000_000, 1_000_000))),
    "login_wall_2026-07.html": Row("page", "NASA", ("blocked",)),
}
ELSEWHERE = {
    "batch_partial_error_with_headers.json": "below: a whole batch",
    "graph_ids_batch2_fan_count.json": "below: each of its values as a part; `?ids=` itself ends with v26.0",
    "header_x_business_use_case_usage.json": "test_graph.py: a header",
}
UNUSED = {
    "graph_page_old_likes_v2_5.json": "the field likes of v2.5, which no living version gives",
    "debug_token_page_never_expires.json": "about tokens, not Pages",
    "debug_token_user_60d.json": "about tokens, not Pages",
    "me_accounts_page_tokens.json": "about tokens, not Pages",
    "long_lived_token_answer.json": "about tokens, not Pages",
    "parsed_scrapfly_2026-06.json": "what another tool made of pages, not a page",
}


@pytest.mark.parametrize("file", RECORDED)
def test_a_recorded_reply_says_what_the_index_says(recordings: Path, file: str) -> None:
    assert play("facebook", recordings, file, RECORDED[file]) == list(RECORDED[file].said)


def test_no_row_contradicts_the_index(recordings: Path, truth: dict[str, str]) -> None:
    assert {file: bad for file, row in RECORDED.items() if (bad := contradictions(truth[file], row.said))} == {}


@pytest.fixture
def truth(recordings: Path) -> dict[str, str]:
    return truths(recordings, "facebook")


def test_a_recorded_batch_keeps_its_order_and_its_errors_apart(recordings: Path) -> None:
    body = (recordings / "facebook" / "batch_partial_error_with_headers.json").read_bytes()
    assert by_handle(ask("facebook", ["2", "123456789"], body).said) == {"2": "not_found", "123456789": "shape_changed"}


def test_recorded_answers_about_two_pages_are_told_apart(recordings: Path, truth: dict[str, str]) -> None:
    file = "graph_ids_batch2_fan_count.json"
    pages = json.loads((recordings / "facebook" / file).read_text(encoding="utf-8"))
    said = ask("facebook", list(pages), [part(page) for page in pages.values()]).said
    likes = {each.account.handle: each.count.value for each in said if isinstance(each, Reading)}
    assert ", ".join(f"{page}={count}" for page, count in likes.items()) == truth[file]


def test_every_recorded_file_is_in_a_row(recordings: Path) -> None:
    assert without_row(recordings, "facebook", [*RECORDED, *ELSEWHERE, *UNUSED]) == set()
