"""The history of an earlier system: what is a count is read, what is not is listed with its place."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from headcount.store.contract import Imported
from headcount.store.history import read_history

COLUMNS = {
    "Atwitter": ("twitter/a", "followers"),
    "Afacebook": ("facebook/a", "likes"),
    "Byoutube": ("youtube/b", "followers"),
}
HEADER = "date,Atwitter,Afacebook,Byoutube"
FILE = f"""{HEADER}
3/17/17 17:12,602454,,"14,983"
3/17/17 17:12,602455,,"14,983"
3/17/17 21:46,602520,31,"14,983"
03/21/17 18:30,612093,,"15,041"
2017-04-01T00:59:00Z,612600,32,"1,015,200"
"""


def cells(text: str) -> list[tuple[str, int, int]]:
    """The counts of a file, each with its account and ordinal."""
    return [(each.key, each.count, each.ordinal) for each in read_history(text, COLUMNS, "h.csv").rows]


def complaints(text: str) -> list[str]:
    return [str(fault) for fault in read_history(text, COLUMNS, "h.csv").faults]


def test_every_cell_with_a_count_is_a_reading() -> None:
    history = read_history(FILE, COLUMNS, "h.csv")
    assert (history.row_count, history.faults) == (5, ())
    assert len(history.rows) == 12
    first = datetime(2017, 3, 17, 17, 12, tzinfo=UTC)
    assert history.rows[:2] == (
        Imported("twitter/a", "followers", 602454, first, 0),
        Imported("youtube/b", "followers", 14983, first, 0),
    )
    assert history.rows[2] == Imported("twitter/a", "followers", 602455, first, 1)
    assert history.rows[-1].count == 1_015_200
    assert history.rows[-2] == Imported("facebook/a", "likes", 32, datetime(2017, 4, 1, 0, 59, tzinfo=UTC), 0)


@pytest.mark.parametrize(
    "text",
    [
        FILE.removesuffix("\n"),
        FILE.replace("\n", "\r\n"),
        FILE.replace("\n", "\r"),
        "\ufeff" + FILE,
        FILE.replace("date,", "type,"),
        FILE.replace("date,", " Date ,"),
        FILE.replace("\n", "\n\n"),
        FILE + ",,,\n",
        FILE.replace(",602454", ", 602454 "),
    ],
    ids=["no final newline", "CRLF", "CR", "BOM", "type", "Date", "blank lines", "empty row", "spaces"],
)
def test_the_ways_of_saving_a_file_change_nothing(text: str) -> None:
    found, expected = read_history(text.encode(), COLUMNS, "h.csv"), read_history(FILE, COLUMNS, "h.csv")
    assert found == expected


def test_columns_are_known_by_their_name() -> None:
    assert cells("date,Byoutube,Atwitter\n3/17/17 17:12,1,2\n") == [("youtube/b", 1, 0), ("twitter/a", 2, 0)]


@pytest.mark.parametrize(
    "cell",
    [
        'class="no-js"><head>',
        "-5",
        "15.041",
        "15.0K",
        "1,5",
        '"15,04"',
        '"1,0150,41"',
        '"0,123"',
        "1e3",
        "1_000",
        "\uff11\uff12",
        "NaN",
        "#REF!",
        "true",
        "9999999999999",
        "12 345",
    ],
)
def test_a_cell_that_is_no_count_is_listed_and_the_others_are_read(cell: str) -> None:
    text = f"{HEADER}\n3/17/17 17:12,1,{cell},3\n3/17/17 17:13,4,5,6\n"
    assert ("twitter/a", 4, 0) in cells(text)
    assert not any(key == "facebook/a" and count != 5 for key, count, _ in cells(text))
    (complaint,) = complaints(text)
    assert complaint.startswith("h.csv, line 2")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("3/32/17 10:00,1,2,3", "'3/32/17 10:00' is no time"),
        ("13/1/17 10:00,1,2,3", "is no time"),
        ("3/17/17 25:00,1,2,3", "is no time"),
        ("3/17/17,1,2,3", "is no time"),
        ("17.03.2017 10:00,1,2,3", "is no time"),
        ("1/1/1901 10:00,1,2,3", "too long ago"),
        (",1,2,3", "is no time"),
        ("3/17/17 17:12,1,2", "3 cells under a header of 4"),
        ("3/17/17 17:12,1,2,3,4", "5 cells under a header of 4"),
        ('3/17/17 17:12,1,2,"3', "not a row of a CSV"),
        ('3/17/17 17:12,1,14",983', "quotation mark"),
    ],
)
def test_a_row_that_cannot_be_placed_is_listed_and_the_others_are_read(row: str, says: str) -> None:
    text = f"{HEADER}\n{row}\n3/18/17 17:13,4,5,6\n"
    assert [count for _, count, _ in cells(text)] == [4, 5, 6]
    (complaint,) = complaints(text)
    assert complaint.startswith("h.csv, line 2: ")
    assert says in complaint


@pytest.mark.parametrize(
    ("header", "says", "read"),
    [
        ("date,Atwitter,what,Byoutube", "line 1, column what: nobody knows", ["twitter/a", "youtube/b"]),
        ("date,Atwitter,,Byoutube", "line 1, column number 3: nobody knows", ["twitter/a", "youtube/b"]),
        ("date,Atwitter,Atwitter,Byoutube", "column Atwitter: several columns", ["youtube/b"]),
        ("when,Atwitter,Afacebook,Byoutube", "the header begins with 'when'", []),
        ("3/17/17 17:11,0,0,0", "the header begins with", []),
        ("", "the header begins with", []),
    ],
)
def test_a_header_that_is_not_understood_is_listed(header: str, says: str, read: list[str]) -> None:
    text = f"{header}\n3/17/17 17:12,1,2,3\n"
    assert [key for key, _, _ in cells(text)] == read
    assert says in complaints(text)[0]


def test_a_column_that_nobody_has_decided_on_is_no_fault_while_it_is_empty() -> None:
    columns = {**COLUMNS, "SECyoutube": ("", "followers"), "SECinstagram": ("", "followers")}
    history = read_history(
        "date,Atwitter,SECyoutube,SECinstagram\n3/17/17 17:12,5,,\n3/17/17 17:13,6,7,\n", columns, "h.csv"
    )
    assert [row.count for row in history.rows] == [5, 6]
    assert [str(fault) for fault in history.faults] == [
        "h.csv, line 3, column SECyoutube: nobody has decided whose this column is"
    ]


def test_an_empty_file_is_a_fault_and_no_more() -> None:
    history = read_history(b"", COLUMNS, "h.csv")
    assert (history.rows, history.row_count, len(history.faults)) == ((), 0, 1)


def test_stamps_are_of_the_zone_that_is_given() -> None:
    text = f"{HEADER}\n3/21/17 18:30,1,,\n2017-03-21T18:30:00-07:00,2,,\n"
    found = read_history(text, COLUMNS, "h.csv", ZoneInfo("America/New_York")).rows
    assert [each.at for each in found] == [
        datetime(2017, 3, 21, 22, 30, tzinfo=UTC),
        datetime(2017, 3, 22, 1, 30, tzinfo=UTC),
    ]


@pytest.mark.parametrize("stamp", ["11/5/17 1:30", "3/12/17 2:30"])
def test_a_time_that_is_skipped_or_happens_twice_is_not_guessed(stamp: str) -> None:
    history = read_history(f"{HEADER}\n{stamp},1,,\n", COLUMNS, "h.csv", ZoneInfo("America/New_York"))
    assert history.rows == ()
    assert "where the clocks change" in str(history.faults[0])


def test_a_row_that_is_mended_takes_the_place_that_it_had() -> None:
    """A row that is left out for its cells still counts among those of its stamp."""
    broken = FILE.replace('602454,,"14,983"', "602454,")
    assert ("twitter/a", 602455, 1) in cells(broken)
    assert ("twitter/a", 602455, 1) in cells(FILE)


GARBAGE = ['"', ",", "\n", "\r", "<html>", "-", ".", "K", " ", "\x00", "é", "0", "/", ":", "٣", "\ufeff", "class="]


def mutated(dice: random.Random) -> str:
    text = FILE
    for _ in range(dice.randint(1, 4)):
        at, to = sorted(dice.choices(range(len(text) + 1), k=2))
        match dice.randrange(5):
            case 0:
                text = text[:at]
            case 1:
                text = text[:at] + dice.choice(GARBAGE) + text[at:]
            case 2:
                text = text[:at] + text[min(to, at + 3) :]
            case 3:
                parts = re.split(r"([,\n])", text)
                one, other = dice.choices(range(len(parts)), k=2)
                parts[one], parts[other] = parts[other], parts[one]
                text = "".join(parts)
            case _:
                header, *lines = text.split("\n")
                dice.shuffle(lines)
                text = "\n".join([header, *lines])
    return text


def numbers(text: str) -> set[int]:
    """Every number that stands in a text as a whole cell, or in groups of three."""
    written = re.findall(r'(?:^|[,\n\r"])\s*([0-9]+(?:,[0-9]{3})*)\s*(?=[,\n\r"]|$)', text)
    pieces = {piece for each in written for piece in (each, *each.split(","))}
    return {int(piece.replace(",", "")) for piece in pieces}


def test_a_thousand_mutated_copies_never_raise_nor_give_a_number_that_is_not_there() -> None:
    dice = random.Random(17)
    read = 0
    for _ in range(1_000):
        text = mutated(dice)
        history = read_history(text.encode(errors="replace"), COLUMNS, "h.csv")
        read += len(history.rows)
        assert {each.count for each in history.rows} <= numbers(text), text
    assert read > 3_000, "the control: a reader that reads nothing would pass"


def damaged() -> Iterator[str]:
    """The file cut after every character, and without every single mark that divides or groups."""
    for at, character in enumerate(FILE):
        yield FILE[:at]
        if character in ',"\n':
            yield FILE[:at] + FILE[at + 1 :]


def test_no_cut_and_no_lost_mark_makes_another_number() -> None:
    there = {each.count for each in read_history(FILE, COLUMNS, "h.csv").rows}
    for text in damaged():
        assert {each.count for each in read_history(text, COLUMNS, "h.csv").rows} <= there, text


def test_what_is_still_to_come_was_not_counted() -> None:
    now = datetime(2017, 3, 17, 18, tzinfo=UTC)
    text = "date,ONE\n03/17/17 17:00,5\n03/17/17 18:00,6\n03/17/17 19:00,7\n"
    history = read_history(text, {"ONE": ("twitter/one", "followers")}, "h.csv", now=now)
    assert [each.count for each in history.rows] == [5, 6]
    assert [str(fault) for fault in history.faults] == ["h.csv, line 4: '03/17/17 19:00' is still to come"]
