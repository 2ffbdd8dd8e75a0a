"""Which account a person means by a key, or by a handle that the account has, or once had."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.errors import Mistake
from headcount.model import Entry
from headcount.roster.called import Directory
from headcount.roster.resolve import resolve
from headcount.store.nouns import Closure, Held, Known

THEN = datetime(2021, 1, 20, tzinfo=UTC)
KNOWN = (
    Known("twitter/energy", "twitter", ("energy", "ENERGYgov"), {"x": "1"}),
    Known("twitter/potus", "twitter", ("POTUS",), {"x": "2"}, (Held("POTUS", THEN),), Closure("handed over", THEN, "")),
    Known("twitter/potus-2", "twitter", ("POTUS",), {"x": "3"}),
    Known("twitter/lab", "twitter", ("lab", "lab_news"), {"x": "4"}),
    Known("twitter/other", "twitter", ("lab",), {"x": "5"}),
    Known("reddit/a-b", "reddit", ("a-b",)),
    Known("reddit/a-b-2", "reddit", ("a/b",)),
    Known("youtube/user-nasa", "youtube", ("user/nasa", "@NASA")),
    Known("twitter/gone", "twitter"),
)
ENTRIES = (
    Entry("1", "twitter", "EnergyGov"),
    Entry("1", "twitter", "potus"),
    Entry("1", "twitter", "New_One"),
    Entry("1", "manual", "Parks newsletter"),
)
DIRECTORY = Directory(resolve(ENTRIES, KNOWN), KNOWN)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("twitter/energy", "twitter/energy"),
        ("twitter/energygov", "twitter/energy"),
        ("x/@ENERGYgov", "twitter/energy"),
        ("X/Energy", "twitter/energy"),
        ("twitter/potus", "twitter/potus"),
        ("twitter/@potus", "twitter/potus-2"),
        ("twitter/potus-2", "twitter/potus-2"),
        ("twitter/lab", "twitter/lab"),
        ("twitter/lab_news", "twitter/lab"),
        ("reddit/a-b", "reddit/a-b"),
        ("reddit/a/b", "reddit/a-b-2"),
        ("youtube/user/nasa", "youtube/user-nasa"),
        ("youtube/nasa", "youtube/user-nasa"),
        ("twitter/gone", "twitter/gone"),
        ("twitter/new_one", "twitter/new_one"),
        ("manual/Parks Newsletter", "manual/parks-newsletter"),
        ("manual/parks-newsletter", "manual/parks-newsletter"),
    ],
)
def test_a_key_and_every_handle_are_understood(text: str, key: str) -> None:
    assert DIRECTORY.key(text) == key


@pytest.mark.parametrize(
    "text", ["twitter/energi", "energy", "", "/", "facebook/energy", "nowhere/energy", "*", "unit:1"]
)
def test_what_means_nobody_is_refused(text: str) -> None:
    assert DIRECTORY.find(text) is None
    with pytest.raises(Mistake, match="nobody is called"):
        DIRECTORY.key(text)


def test_the_nearest_spelling_is_told() -> None:
    with pytest.raises(Mistake, match=r"\(did you mean twitter/energy\?\)"):
        DIRECTORY.key("twitter/enrgy")


def test_a_handle_means_who_has_it_today_before_who_once_had_it() -> None:
    old, new = Known("twitter/a", "twitter", ("city", "town")), Known("twitter/b", "twitter", ("city",))
    for known in ((old, new), (new, old)):
        assert Directory((), known).key("twitter/city") == "twitter/b"
