"""Accounts that a roster names by two handles at once: told, for perhaps they are two."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from headcount.model import Entry, Roster
from headcount.roster.joined import joined
from headcount.roster.parsed import Parsed
from headcount.store.nouns import Held, Known

THEN = datetime(2026, 11, 1, tzinfo=UTC)
ENERGY = Known("twitter/energy", "twitter", ("energy", "ENERGYgov"), {"x": "1"}, (Held("ENERGYgov", THEN),))


def line(number: int, handle: str, unit: str = "1", **more: object) -> Entry:
    return Entry(unit, "twitter", handle, place=f"line {number}", **more)  # type: ignore[arg-type] # each test names the fields it is about


def complaints(*lines: Entry) -> list[str]:
    return [str(fault) for fault in joined(Parsed(Roster(entries=lines), file="roster.csv"), [ENERGY])]


def test_two_lines_that_mean_one_account_by_different_handles_are_told_with_what_to_do() -> None:
    (told,) = complaints(line(2, "ENERGYgov"), line(3, "lab"), line(4, "energy", "2"))
    assert told == (
        "roster.csv, line 4: twitter/energy: the roster names it as ENERGYgov (line 2) and as energy (line 4), and both get "
        "its count; if they are two accounts, say which handle it has today, `headcount account rename twitter/energy "
        "HANDLE`; if they are one, write it in one way"
    )


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("one handle", [line(2, "energy"), line(3, "@Energy", "2")]),
        (
            "one after the other",
            [line(2, "energy", until=date(2026, 1, 1)), line(3, "ENERGYgov", since=date(2026, 1, 2))],
        ),
        ("two accounts", [line(2, "energy"), line(3, "lab")]),
    ],
)
def test_nothing_is_told_of(why: str, lines: list[Entry]) -> None:
    assert complaints(*lines) == [], why


def test_of_many_lines_one_pair_is_told() -> None:
    assert (
        len(complaints(line(2, "energy"), line(3, "energy", "2"), line(4, "energygov"), line(5, "ENERGYgov", "2"))) == 1
    )
