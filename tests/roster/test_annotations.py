"""Events that people noted: read whole, or every fault with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from headcount.errors import Mistake
from headcount.model import Account, Entry
from headcount.roster.annotations import Annotation, annotations_of, read_annotations
from headcount.roster.called import Directory
from headcount.store.nouns import Known

HEADER = "from,to,account,unit_id,platform,text,link\n"
PEOPLE = ((Entry("1", "twitter", "Energy"), Account("twitter/energy", "Energy")),)
KNOWN = (Known("twitter/energy", "twitter", ("doe", "Energy")),)
DIRECTORY = Directory(PEOPLE, KNOWN)
UNITS = ("1", "energy-lab")


def read(text: str) -> tuple[Annotation, ...]:
    return annotations_of(text.encode(), "notes.csv", DIRECTORY, UNITS)


def noted(**said: str) -> str:
    """A file with one row, good but for what is said."""
    cells = {"from": "2026-11-20", "text": "Something happened"} | {name.rstrip("_"): said[name] for name in said}
    return HEADER + ",".join(cells.get(name, "") for name in HEADER.strip().split(",")) + "\n"


def test_an_event_of_an_account_of_a_unit_of_a_platform_and_of_everything() -> None:
    found = read(
        HEADER
        + "2026-11-01,2026-11-03,twitter/energy,,,Named in a speech,https://example.gov/speech\n"
        + "2026-11-02,,,1,,The lab moved,\n"
        + "\n"
        + "2026-11-04,,,,X,Followers were counted anew,\n"
        + "2026-11-05,,,,,An election,\n"
    )
    assert found[0] == Annotation(
        since=date(2026, 11, 1),
        until=date(2026, 11, 3),
        account="twitter/energy",
        unit="",
        platform="",
        text="Named in a speech",
        link="https://example.gov/speech",
    )
    assert [(each.unit, each.platform, each.until) for each in found[1:]] == [
        ("1", "", None),
        ("", "twitter", None),
        ("", "", None),
    ]


@pytest.mark.parametrize("name", ["twitter/energy", "x/Energy", "twitter/DOE"])
def test_an_account_is_known_by_any_of_its_names(name: str) -> None:
    assert [each.account for each in read(noted(account=name))] == ["twitter/energy"]


def test_a_file_with_two_columns_is_enough_and_they_may_be_written_otherwise() -> None:
    (found,) = read("Text;From\nIt snowed;2026-11-20\n")
    assert (found.text, found.since, found.link) == ("It snowed", date(2026, 11, 20), "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (noted(from_="20.11.2026"), "notes.csv, line 2, column from: '20.11.2026' is not a date (write it like 2026-11-30)"),
        (noted(from_=""), "notes.csv, line 2, column from: the cell is empty"),
        (noted(to="2026-11-31"), "notes.csv, line 2, column to: '2026-11-31' is not a date (write it like 2026-11-30)"),
        (noted(to="2026-11-19"), "notes.csv, line 2, column to: 2026-11-19 is before 2026-11-20, when it began"),
        (
            noted(account="twitter/enrgy"),
            "notes.csv, line 2, column account: nobody is called 'twitter/enrgy' (did you mean twitter/energy?)",
        ),
        (
            noted(unit_id="energy-lob"),
            "notes.csv, line 2, column unit_id: there is no unit 'energy-lob' (did you mean energy-lab?)",
        ),
        (
            noted(platform="twiter"),
            "notes.csv, line 2, column platform: there is no platform called 'twiter' (did you mean twitter?)",
        ),
        (noted(text=" "), "notes.csv, line 2, column text: the cell is empty"),
        (noted(text="a\x1bb"), "notes.csv, line 2, column text: it holds characters that are not for reading (write it afresh)"),
        *(
            (
                noted(link=link),
                f"notes.csv, line 2, column link: {link!r} is not the address of a page (write it with https://)",
            )
            for link in ("javascript:alert(1)", "example.gov", "https://", "http://[", "ftp://example.gov/a", "https://a b")
        ),
        ("from,account\n2026-11-20,\n", "notes.csv, line 1: there is no column 'text'"),
        (
            "from,text,acount\n2026-11-20,a,\n",
            "notes.csv, line 1, column acount: this is not a column of annotations (did you mean account?)",
        ),
        ("", "notes.csv, line 1: the file is empty"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(Mistake) as caught:
        read(text)
    assert str(caught.value) == complaint


def test_every_fault_is_told_in_the_order_of_the_file() -> None:
    with pytest.raises(Mistake) as caught:
        read(HEADER + "soon,,,7,,,\n2026-11-20,,,,,fine,\n2026-11-21,2026-11-20,,,,x,mailto:a\n")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (2, "from"), (2, "text"), (2, "unit_id"), (4, "to"), (4, "link"),
    ]  # fmt: skip


def test_a_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"notes\.csv: the annotations cannot be read: No such file"):
        read_annotations(tmp_path / "notes.csv", DIRECTORY, UNITS)
    (tmp_path / "notes.csv").write_text(noted())
    assert len(read_annotations(tmp_path / "notes.csv", DIRECTORY, UNITS)) == 1
