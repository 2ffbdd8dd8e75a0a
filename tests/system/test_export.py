"""Any published table, in the form that somebody wants, whole or not at all."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from tests.system.installation import install
from tests.system.shell import headcount


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demo: dict[str, Any]) -> Path:
    """An installation that has counted once."""
    place = tmp_path_factory.mktemp("export")
    install(place, demo)
    (place / "notes.csv").write_text("from,text,account\n2026-11-20,=An event,twitter/account0\n")
    text = (place / "headcount.toml").read_text()
    (place / "headcount.toml").write_text(text.replace("roster =", 'annotations = "notes.csv"\nroster =', 1))
    assert headcount(place, "run").status == 0
    return place


def test_a_table_in_the_form_of_the_ending(folder: Path) -> None:
    for ending in ("csv", "json", "parquet", "xlsx"):
        ran = headcount(folder, "export", "accounts", "-o", f"accounts.{ending}")
        assert (ran.status, ran.out) == (0, ""), ran.err
    rows = list(csv.DictReader((folder / "accounts.csv").read_text().splitlines()))
    found = json.loads((folder / "accounts.json").read_text())
    assert [each["account"] for each in found] == [row["account"] for row in rows]
    assert [each["followers"] for each in found] == [int(row["followers"]) for row in rows]
    assert pq.read_table(folder / "accounts.parquet").column("account").to_pylist() == [row["account"] for row in rows]
    assert load_workbook(folder / "accounts.xlsx").sheetnames == ["accounts", "columns"]
    assert stat.S_IMODE((folder / "accounts.csv").stat().st_mode) & stat.S_IRUSR


def test_the_form_that_is_asked_for_holds_whatever_the_ending(folder: Path) -> None:
    headcount(folder, "export", "daily", "-o", "daily.txt", "--format", "json")
    assert json.loads((folder / "daily.txt").read_text())[0]["metric"] == "followers"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("readings", "taken_at"),
        ("readings/latest", "taken_at"),
        ("series/daily/twitter/account0", "date"),
        ("corrections", "corrected_at"),
    ],
)
def test_whatever_is_published_is_a_table(folder: Path, name: str, column: str) -> None:
    ran = headcount(folder, "export", name)
    assert (ran.status, ran.out.split(",")[0]) == (0, column), ran.err


@pytest.mark.parametrize("name", ["accounts.json", "gaps"])
def test_a_document_is_given_as_it_is(folder: Path, name: str) -> None:
    assert json.loads(headcount(folder, "export", name).out)["organization"] == "Department of Tests"
    ran = headcount(folder, "export", name, "--format", "xlsx")
    assert (ran.status, ran.err) == (2, f"headcount: {name} is no table: it can be had as json only\n")


def test_an_event_that_was_noted_is_published(folder: Path) -> None:
    (row,) = json.loads(headcount(folder, "export", "annotations", "--format", "json").out)
    assert (row["from"], row["account"], row["text"], row["to"]) == (
        "2026-11-20",
        "twitter/account0",
        "=An event",
        None,
    )


def test_a_name_that_is_none_gets_the_nearest_and_the_list(folder: Path) -> None:
    ran = headcount(folder, "export", "dayly")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("headcount: there is no table called 'dayly' (did you mean daily?); there are accounts, ")
    assert "readings, readings/YYYY-MM, readings/latest, series/daily/KEY, series/hourly/KEY, social_data, " in ran.err


def test_a_file_that_cannot_be_written_is_not_there_and_one_that_was_there_stays(folder: Path) -> None:
    ran = headcount(folder, "export", "daily", "-o", "no/such/folder/daily.csv")
    assert (ran.status, ran.err) == (
        3,
        "headcount: no/such/folder/daily.csv could not be written: No such file or directory\n",
    )
    (folder / "old.xlsx").write_text("old")
    assert headcount(folder, "export", "latest", "-o", "old.xlsx").status == 2
    assert (folder / "old.xlsx").read_text() == "old"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".old")] == []


def test_what_is_wrong_with_the_noted_events_is_told_with_its_place_and_counting_goes_on(folder: Path) -> None:
    notes = folder / "notes.csv"
    good = notes.read_text()
    notes.write_text("from,text,account\n2026-11-20,An event,twitter/acount0\n")
    ran = headcount(folder, "publish")
    notes.write_text(good)
    assert ran.status == 2
    assert (
        "notes.csv, line 2, column account: nobody is called 'twitter/acount0' (did you mean twitter/account0?)"
        in ran.err
    )
