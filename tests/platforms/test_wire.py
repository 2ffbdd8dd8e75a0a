"""Every body goes through one strict decoding: what Python's own parsers take for a number is not always one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import MOST_HEADS, Count
from headcount.platforms.kit.contract import Spoilt
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.wire import Digits, Heads, HeadsText, Id, Json, Name, decode, find, sift


class Item(Struct):
    heads: Heads


class TextItem(Struct):
    heads: HeadsText


class Named(Struct):
    id: Digits = "0"
    key: Id = "k"
    name: Name = "n"


NO_COUNTS = {
    "the same key twice": '{"heads": 5, "heads": 6}',
    "negative nought": '{"heads": -0}',
    "negative": '{"heads": -5}',
    "a boolean": '{"heads": true}',
    "a fraction": '{"heads": 5.0}',
    "an exponent": '{"heads": 5e3}',
    "without end": '{"heads": 1e999}',
    "not a number": '{"heads": NaN}',
    "infinity": '{"heads": -Infinity}',
    "more than all people": '{"heads": 1000000000001}',
    "a text": '{"heads": "5"}',
    "nothing": '{"heads": null}',
    "left out": "{}",
}
"""Bodies that are no count of people; `json.loads` and `int()` take most of them for one."""

NO_TEXT_COUNTS = {
    "an underscore": "1_000",
    "Arabic digits": "\u0661\u0662\u0663",
    "full-width digits": "\uff11\uff12",
    "blanks": " 12 ",
    "a new line at its end": "12\n",
    "a sign": "+5",
    "negative": "-5",
    "thirteen digits": "1" * 13,
    "separators": "1,234",
    "empty": "",
    "a fraction": "5.0",
}

UNREADABLE = {
    "a number of 5,000 digits": b'{"heads": ' + b"9" * 5_000 + b"}",
    "nesting 100,000 deep": b'{"heads": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "nesting 100,000 deep and cut short": b"[" * 100_000,
    "objects 100,000 deep": b'{"a":' * 100_000,
    "bytes that are no UTF-8": b'{"heads": 5, "name": "\xff"}',
    "UTF-16": '{"heads": 5}'.encode("utf-16"),
    "cut short": b'{"heads": 5',
    "a page": b"<!doctype html>",
    "nothing": b"",
    "more after the end": b'{"heads": 5} {"heads": 6}',
    "a number alone": b"5",
    "a list": b'[{"heads": 5}]',
}


def naive(body: str) -> int:
    """What a reader does who trusts the parsers."""
    return int(json.loads(body)["heads"])


@pytest.mark.parametrize("why", NO_COUNTS)
def test_it_is_no_count(why: str) -> None:
    with pytest.raises(ShapeChanged):
        decode(NO_COUNTS[why], Item)


@pytest.mark.parametrize(
    "why",
    ["the same key twice", "negative nought", "negative", "a boolean", "a fraction", "an exponent", "more than all people", "a text"],
)  # fmt: skip
def test_a_naive_reader_takes_it_for_one(why: str) -> None:
    """The positive control: these traps are real."""
    assert isinstance(naive(NO_COUNTS[why]), int)


@pytest.mark.parametrize("why", NO_TEXT_COUNTS)
def test_a_text_is_no_count(why: str) -> None:
    with pytest.raises(ShapeChanged):
        decode(json.dumps({"heads": NO_TEXT_COUNTS[why]}), TextItem)


@pytest.mark.parametrize("why", [why for why in NO_TEXT_COUNTS if why not in {"separators", "empty", "a fraction"}])
def test_a_naive_reader_takes_the_text_for_one(why: str) -> None:
    assert isinstance(naive(json.dumps({"heads": NO_TEXT_COUNTS[why]})), int)


@pytest.mark.parametrize("why", UNREADABLE)
def test_a_body_that_cannot_be_read_is_refused_in_a_short_sentence(why: str) -> None:
    with pytest.raises(ShapeChanged) as caught:
        decode(UNREADABLE[why], Item)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("why", "error"),
    [
        ("a number of 5,000 digits", ValueError),
        ("nesting 100,000 deep", RecursionError),
        ("bytes that are no UTF-8", UnicodeDecodeError),
    ],
)
def test_a_naive_reader_breaks_on_it(why: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        json.loads(UNREADABLE[why])


@pytest.mark.parametrize(("body", "heads"), [('{"heads": 0}', 0), ('{"heads": 1000000000000}', MOST_HEADS), ('\ufeff{"heads": 5}', 5)])  # fmt: skip
def test_a_count_is_read(body: str, heads: int) -> None:
    assert decode(body.encode(), Item).heads == heads


def test_a_text_of_digits_is_read() -> None:
    assert decode('{"heads": "0123"}', TextItem).heads == "0123"


@pytest.mark.parametrize(
    "body",
    [
        '{"id": "12\\n"}',
        '{"id": 12}',
        '{"id": "-12"}',
        '{"key": "a b"}',
        '{"key": ""}',
        '{"key": "a\\n"}',
        '{"key": "\u00e9"}',
        '{"name": "\\ud800"}',
        '{"name": "a\\u0000b"}',
        '{"name": ""}',
    ],
)
def test_an_id_or_a_name_that_could_not_be_kept_or_shown_is_refused(body: str) -> None:
    with pytest.raises(ShapeChanged):
        decode(body, Named)


def test_a_lone_surrogate_elsewhere_hurts_nobody() -> None:
    assert decode('{"heads": 5, "bio": "\\ud800"}', Item).heads == 5


@pytest.mark.parametrize(
    "body", ['{"heads": "\\ud800"}', '{"\\udc00": 1}', '"\\uD83D"', '{"heads": {"\\ud800": 1}}', '["\\ud800"]']
)
def test_a_lone_surrogate_in_place_of_the_count_is_no_count(body: str) -> None:
    with pytest.raises(ShapeChanged):
        decode(body, Item)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (r"cut \ud83d", "cut \ufffd"),
        (r"\udc00\ud800", "\ufffd\ufffd"),
        (r"\uD83D\uDE00", "\U0001f600"),
        (r"\\ud83d", r"\ud83d"),
        (r"\\\ud83d\/", "\\\ufffd/"),
        (r"\ud83d\n", "\ufffd\n"),
        (r"\ud83d\ud83d\ude00", "\ufffd\U0001f600"),
    ],
)
def test_half_a_character_is_replaced_so_that_a_text_can_be_kept(text: str, kept: str) -> None:
    assert decode(f'{{"text": "{text}"}}', dict[str, str]) == {"text": kept}
    kept.encode()


def test_nonsense_spoils_the_item_that_holds_it_and_nothing_else() -> None:
    body = '[{"heads": 1}, {"heads": 2, "heads": 3}, {"heads": NaN}, {"heads": 4}, "?", {"heads": 5, "other": 1e999}]'
    items = list(sift(decode(body, list[object]), Item))
    assert [item.heads if isinstance(item, Item) else "spoilt" for item in items] == [
        1,
        "spoilt",
        "spoilt",
        4,
        "spoilt",
        5,
    ]


def test_a_spoilt_item_says_which_it_is_and_why() -> None:
    (spoilt,) = sift([{"heads": "many"}], Item)
    assert isinstance(spoilt, Spoilt)
    assert spoilt.detail.startswith("item 0: Expected `int`, got `str` - at `$.heads`")


def test_two_items_about_one_that_differ_are_both_spoilt() -> None:
    items: list[Named | Spoilt] = [Named("1", name="a"), Named("2"), Named("1", name="b"), Named("2"), Spoilt("?")]
    matched = match(items, lambda item: item.id)
    assert matched.found == {"2": Named("2")}
    assert [spoilt.detail for spoilt in matched.spoilt] == ["?", "two answers about 1 that differ"]


DATA = {"a": {"b": 1, "rows": [[1], [2, 3]], "each": [{"x": 1}, {"y": 2}, {"y": 3}]}, "null": None}


def test_an_item_about_nobody_who_was_asked_for_is_spoilt() -> None:
    matched = match([Named("1"), Named("2")], lambda item: item.id, {"1", "3"})
    assert matched.found == {"1": Named("1")}
    assert [spoilt.detail for spoilt in matched.spoilt] == ["an answer about 2, who was not asked for"]


FOUND: list[tuple[str, object]] = [
    ("a", DATA["a"]),
    ("a.b", 1),
    ("a.rows.0.0", 1),
    ("a.rows.-1.1", 3),
    ("a.each.*.y", 2),
    ("a.none", None),
    ("a.b.c", None),
    ("a.rows.5", None),
    ("a.each.*.z", None),
    ("a.each.y", None),
    ("null", None),
]


@pytest.mark.parametrize(("path", "expected"), FOUND)
def test_a_path_leads_to_what_stands_there_or_to_nothing(path: str, expected: object) -> None:
    assert find(DATA, path, object) == expected


@pytest.mark.parametrize(("body", "path"), [('{"a": {"b": "x"}}', "a.b"), ('{"a": {"b": 1, "b": 2}}', "a.b"), ('{"a": [1], "a": [2]}', "a")])  # fmt: skip
def test_something_else_or_nonsense_on_the_path_is_refused(body: str, path: str) -> None:
    with pytest.raises(ShapeChanged):
        find(decode(body, object), path, int)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(lambda value: json.dumps({"heads": value}).encode()))  # fmt: skip
def test_whatever_comes_is_a_count_or_a_refusal(body: bytes) -> None:
    try:
        item: Any = decode(body, Item)
    except ShapeChanged:
        return
    assert type(item.heads) is int
    assert Count(item.heads).value == item.heads


@pytest.mark.parametrize("body", [b'{"data":[' + b"[]," * 2_000_000 + b"[]]}", b"[" + b"1," * 3_000_000 + b"1]"])
def test_a_body_that_is_larger_than_any_answer_is_not_read(body: bytes) -> None:
    with pytest.raises(ShapeChanged, match="bytes, where at most"):
        decode(body, Json)


def test_more_items_than_anybody_asked_for_are_not_gone_through() -> None:
    with pytest.raises(ShapeChanged, match="more than 5,000 items"):
        list(sift([{}] * 5_001, dict[str, object]))


@pytest.mark.parametrize("letter", ["\x7f", "\x9b", "\u202e", "\u2028", "\u2066", "\n"])
def test_a_name_with_letters_that_hide_or_turn_is_no_name(letter: str) -> None:
    with pytest.raises(ShapeChanged):
        decode(json.dumps(f"a{letter}b"), Name)
