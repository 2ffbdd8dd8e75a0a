"""What a page embeds is found by its bytes, and what people write is never taken for structure."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headcount.errors import ShapeChanged
from headcount.platforms.kit import embedded
from headcount.platforms.kit.strict import LONGEST

USER = b'{"name": "NASA", "n": 5}'


@pytest.mark.parametrize(
    "page",
    [
        b'x{"user":' + USER + b"}",
        b'x{"user" : ' + USER + b"}",
        b'x{"user"\n\t:\n' + USER + b"}",
        b'"user": "text", "user": ' + USER,
        b'"users": {"no": 1}, "user": ' + USER,
        b'"user": {"cut": "short\\", "user": ' + USER,
        b'"user": {"cut": [1, 2, "user": ' + USER,
    ],
)
def test_an_object_is_found_by_its_key(page: bytes) -> None:
    assert USER in list(embedded.values(page, "user"))


def test_every_object_of_a_key_is_found_in_the_order_of_the_page() -> None:
    page = b'{"user": {"n": 1, "friend": {"user": {"n": 2}}}, "user": [3]}'
    assert list(embedded.values(page, "user")) == [b'{"n": 1, "friend": {"user": {"n": 2}}}', b'{"n": 2}', b"[3]"]


@pytest.mark.parametrize(
    "page",
    [
        json.dumps({"bio": '"user": {"name": "NASA", "n": 5}'}).encode(),
        json.dumps({"bio": json.dumps({"user": json.dumps({"user": {"n": 5}})})}).encode(),
        b'{"user": 5, "user": null, "user": "x"}',
        b'{"superuser": {"n": 5}, "user2": {"n": 5}}',
        b'{"user": {"n": 5',
        b'{"user": {"n": "5}',
        b'{"user": {"n": "5\\"}',
        b"",
    ],
)
def test_a_key_inside_a_text_or_an_object_cut_short_is_nothing(page: bytes) -> None:
    assert list(embedded.values(page, "user")) == []


@pytest.mark.parametrize("unit", [b'{"user":', b'{"user":[', b'"user":{"x', b'"user":{"'])
def test_a_page_that_would_take_for_ever_is_refused(unit: bytes) -> None:
    with pytest.raises(ShapeChanged, match="never end"):
        list(embedded.values(unit * 100_000, "user"))


def test_a_page_of_many_objects_is_read_to_its_end() -> None:
    assert sum(1 for _ in embedded.values(b'{"user":{"friend":{"user":{"n":[5]}}}}' * 10_000, "user")) == 20_000


def test_an_object_that_is_nested_too_deeply_is_left_out() -> None:
    deep = b'"user":' + b"[" * 2_000 + b"]" * 2_000
    assert list(embedded.values(deep + b',"user":' + USER, "user")) == [USER]


def test_a_naive_search_takes_the_text_for_structure() -> None:
    """The positive control: unescaped once too often, the bio is an object."""
    page = json.dumps({"bio": '"user": {"n": 5}'}).encode()
    assert list(embedded.values(page.replace(b"\\", b""), "user")) == [b'{"n": 5}']


def test_brackets_and_quotes_inside_texts_are_no_structure() -> None:
    value = json.dumps({"bio": '}]{[ \\ " \\" }', "n": 5}).encode()
    assert list(embedded.values(b'{"user": ' + value + b'} "rest"', "user")) == [value]


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_json_object_is_found_whole(value: object) -> None:
    for ascii_only in (True, False):
        text = json.dumps({"user": {"it": value}}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        assert next(embedded.values(b"<p>" + text + b"}]", "user")) == text[len('{"user": ') : -1]


@given(st.binary(max_size=300), st.integers(0, 300))
def test_no_page_makes_it_fail(noise: bytes, cut: int) -> None:
    page = (b'<html lang="en"><meta property="og:x" content="a"><script id="d">{"user": {"n": [1]}}</script>' + noise)[
        cut:
    ]
    assert all(found.startswith((b"{", b"[")) for found in embedded.values(page, "user"))
    embedded.assigned(page, "data")
    embedded.meta(page, "og:x")
    embedded.script(page, 'id="d"')
    embedded.language(page)


@pytest.mark.parametrize(
    "page",
    [
        b'<script>var data = {"n": 5};</script>',
        b'<script>window["data"] = {"n": 5};</script>',
        b"<script>window['data']={\"n\": 5};</script>",
        b'<script>window.data\n=\n{"n": 5}</script>',
        b'<script>var data = null; var data = {"n": 5};</script>',
    ],
)
def test_what_a_script_assigns_is_found(page: bytes) -> None:
    assert embedded.assigned(page, "data") == b'{"n": 5}'


@pytest.mark.parametrize(
    "page", [b"var data = [1];", b'var data = {"n": 5', b'{"data": {"n": 5}}', b'data == {"n": 5}', b""]
)
def test_what_is_not_assigned_or_cut_short_is_not_found(page: bytes) -> None:
    assert embedded.assigned(page, "data") is None


def test_scripts_are_found_by_what_their_tag_says() -> None:
    page = b'<p id="d">no</p><script a="1" id="d" b>{"n": 1}</script><script id="d">2</script><script id="d">cut'
    assert list(embedded.scripts(page, 'id="d"')) == [b'{"n": 1}', b"2"]
    assert embedded.script(page, 'id="d"') == b'{"n": 1}'
    assert embedded.script(page, 'id="e"') is None


def test_a_marker_inside_a_script_is_no_tag() -> None:
    page = b'<script>var a = \'id="d"\';</script><script id="d">{"n": 1}</script>'
    assert embedded.script(page, 'id="d"') == b'{"n": 1}'


@pytest.mark.parametrize(
    "tag",
    [
        '<meta property="og:description" content="5 Followers">',
        "<meta content='5 Followers' property='og:description'/>",
        '<meta data-x="a > b" content = "5 Followers"\n name = "og:description" />',
        '<meta itemprop="og:description" content="5&#32;Followers">',
        '<META property="x"><meta PROPERTY="og:description" CONTENT="5 Followers">',
        '<meta name="x" content="og:description"><meta name="og:description" content="5 Followers">',
        'og:description <meta property="og:description:x" content="6"><meta property="og:description" content="5 Followers">',
    ],
)
def test_a_meta_tag_is_found_whatever_the_order_and_the_quotes(tag: str) -> None:
    assert embedded.meta(f"<head>{tag}</head>".encode(), "og:description") == "5 Followers"


def test_of_many_tags_about_something_else_none_is_found() -> None:
    assert embedded.meta(b"<meta og:x" * 100_000, "og:x") is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5 &amp; &quot;6&quot; &#x2022; &eacute; \u00e9", '5 & "6" \u2022 \u00e9 \u00e9'),
        ("it's", "it's"),
        ("&lt;meta property=&quot;og:x&quot;&gt;", '<meta property="og:x">'),
    ],
)
def test_entities_are_understood(written: str, meant: str) -> None:
    assert embedded.meta(f'<meta property="og:x" content="{written}">'.encode(), "og:x") == meant


@pytest.mark.parametrize(
    "page",
    [
        b'<meta property="og:x" content="5 Fol',
        b'<meta property="og:x" content="5 Followers"',
        b'<meta name="d" content="&lt;meta property=og:x content=5&gt;">',
        b'<meta property="og:xy" content="5">',
        b'<p property="og:x" content="5">',
        b"og:x",
        b"",
    ],
)
def test_a_tag_that_is_cut_short_or_about_something_else_is_not_found(page: bytes) -> None:
    assert embedded.meta(page, "og:x") is None


@pytest.mark.parametrize(
    ("page", "language"),
    [
        (b'<html lang="en">', "en"),
        (b"<!doctype html><html dir='ltr' lang='de-DE' class=x>", "de-DE"),
        (b'<html style="a: b" lang = "pt_BR">', "pt_BR"),
        (b'<html data-lang="fr">', ""),
        (b'<html><p lang="fr">', ""),
        (b'<html lang="../../x">', ""),
        (b"", ""),
    ],
)
def test_the_language_is_the_pages_own(page: bytes, language: str) -> None:
    assert embedded.language(page) == language


@pytest.mark.parametrize(
    "decoy",
    [
        b'<!-- <meta property="og:description" content="1 like"> -->',
        b'<title><meta property="og:description" content="1 like"></title>',
        b'<script>\'<meta property="og:description" content="1 like">\'</script>',
        b'<style><meta property="og:description" content="1 like"></style>',
    ],
)
def test_a_tag_in_a_comment_a_title_or_a_script_is_no_tag(decoy: bytes) -> None:
    assert embedded.meta(decoy + b'<meta property="og:description" content="5 likes">', "og:description") == "5 likes"


@pytest.mark.parametrize(
    "decoy", [b'<div>"user":{"n": 9}</div>', b'<title>"user":{"n": 9}</title>', b'<script>"user":{"n": 9}</script>']
)
def test_only_the_scripts_that_hold_data_are_looked_at(decoy: bytes) -> None:
    page = decoy + b'<script type="application/json" data-sjs>{"user":{"n": 5}}</script>'
    assert list(embedded.data(page, "user")) == [b'{"n": 5}']


@pytest.mark.parametrize("decoy", [b"<title>data = {}</title>", b'<meta name="description" content="data = {}">'])
def test_only_a_script_assigns(decoy: bytes) -> None:
    assert embedded.assigned(decoy + b'<script>var data = {"n": 5};</script>', "data") == b'{"n": 5}'


@pytest.mark.parametrize(
    "page",
    [
        b'id="__NEXT_DATA__">' * 200_000 + b"</script",
        b"og:url" * 600_000,
        b"<meta " * 500_000,
        b"<!--" * 1_000_000,
        b"<script" * 500_000,
        b"<script>" * 500_000,
        b"<script></script>" * 200_000,
        b"<title>" * 500_000,
        b"<!---->" * 500_000,
        (b"<meta og:url " + b"a" * 19_900 + b">") * 200,
        b"data={" * 600_000,
        b"<script></script>data={" * 150_000,
    ],
)
def test_a_page_made_to_be_slow_is_read_once(page: bytes) -> None:
    """Each would take minutes if every marker were looked for from the beginning."""
    assert embedded.meta(page, "og:url") is None
    assert embedded.script(page, 'id="__NEXT_DATA__"') is None
    assert embedded.assigned(page, "data") is None


Reader = Callable[[bytes], object]


def by_meta(page: bytes) -> object:
    return embedded.meta(page, "og:url")


def by_assigned(page: bytes) -> object:
    return embedded.assigned(page, "data")


def backtracking(page: bytes) -> object:
    """Tries every end of a name that no `=` follows, and every beginning."""
    return re.findall(rb'([a-zA-Z:_-]+)\s*=\s*"[^"]*"', page)


def going_back(page: bytes) -> object:
    """Looks for the script around every place from the beginning of the page."""
    return [page.rfind(b"<script", 0, found.start()) for found in re.finditer(b"data=", page)]


def grows(read: Reader, begin: bytes, piece: bytes, times: int) -> float:
    """How many times as much is done for a page of eight times the size, of the processor's time: the best of five."""
    small, large = (min(_seconds(read, begin + piece * number) for _ in range(5)) for number in (times, 8 * times))
    return large / small


def _seconds(read: Reader, page: bytes) -> float:
    start = time.thread_time()
    read(page)
    return time.thread_time() - start


TAG = b"<meta og:url "
QUADRATIC = 25
"""Eight times the size takes 8 times as long, and 64 times where every piece is looked at from every other."""


@pytest.mark.parametrize(
    ("read", "begin", "piece", "times"),
    [(by_meta, TAG, b"a", 2_000), (by_meta, TAG, b"a ", 1_000), (by_assigned, b"", b"data={", 2_000)],
)
def test_what_is_made_to_be_slow_costs_no_more_than_its_size(
    read: Reader, begin: bytes, piece: bytes, times: int
) -> None:
    assert grows(read, begin, piece, times) < QUADRATIC


@pytest.mark.parametrize(("read", "piece", "times"), [(backtracking, b"a", 300), (going_back, b"data={", 1_500)])
def test_a_reader_that_looks_at_every_piece_from_every_other_is_caught(read: Reader, piece: bytes, times: int) -> None:
    assert grows(read, b"", piece, times) > QUADRATIC


READERS: Mapping[str, Reader] = {
    "values": lambda page: list(embedded.values(page, "user")),
    "only": lambda page: embedded.only(page, "user"),
    "data": lambda page: list(embedded.data(page, "user")),
    "assigned": by_assigned,
    "script": lambda page: embedded.script(page, "data-sjs"),
    "scripts": lambda page: list(embedded.scripts(page, "data-sjs")),
    "meta": by_meta,
}
WHOLE = b'<meta name="og:url" content="x"><script data-sjs>data = {"user":{"n":5}}</script>'


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_a_page_that_is_too_large_has_changed(read: Reader) -> None:
    assert read(WHOLE.ljust(LONGEST))
    with pytest.raises(ShapeChanged, match=r"4,194,305 bytes, where at most 4,194,304 are read"):
        read(WHOLE.ljust(LONGEST + 1))


@pytest.mark.parametrize(("comments", "found"), [(19_999, "x"), (20_000, None)])
def test_a_tag_is_looked_for_among_so_many_others(comments: int, found: str | None) -> None:
    assert embedded.meta(b"<!---->" * comments + WHOLE, "og:url") == found
