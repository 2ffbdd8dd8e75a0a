"""`headcount compare`, as people type it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

OLD = """date,DOEtwitter,DOEyoutube
3/17/17 17:12,600,"14,983"
3/17/17 17:12,602,"14,983"
3/17/17 18:00,0,"14,990"
"""
NEW = """date,DOEtwitter,DOEyoutube
03/17/17 17:00,603,14900
03/17/17 18:00,,14900
03/17/17 19:00,605,14900
"""


def compared(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "headcount", "compare", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def files(folder: Path, old: str = OLD, new: str = NEW) -> tuple[str, str]:
    (folder / "old.csv").write_text(old, encoding="utf-8")
    (folder / "new.csv").write_text(new, encoding="utf-8")
    return str(folder / "old.csv"), str(folder / "new.csv")


def test_rows_of_one_hour_are_compared_by_their_last_and_an_empty_cell_is_no_count(tmp_path: Path) -> None:
    twitter, youtube = json.loads(compared(*files(tmp_path), "--json").stdout)
    assert (twitter["both"], twitter["same"], twitter["most"], twitter["worst"]) == (1, 0, 0.166, "2017-03-17 17:00")
    assert (twitter["only_first"], twitter["only_second"]) == (1, 1)
    assert (youtube["both"], youtube["same"], youtube["only_second"]) == (2, 0, 1)


def test_what_came_before_a_day_is_left_out_where_that_is_asked(tmp_path: Path) -> None:
    later = "03/18/17 00:00,700,15000\n"
    twitter, _ = json.loads(
        compared(*files(tmp_path, OLD + later, NEW + later), "--since", "2017-03-18", "--json").stdout
    )
    assert (twitter["both"], twitter["same"], twitter["only_first"]) == (1, 1, 0)


def test_units_are_compared_by_their_ids(tmp_path: Path) -> None:
    header = "type,zid,facebook,twitter\n"
    old, new = files(tmp_path, header + "Energy,1,5,7\nLab,2,,8\n", header + "Lab,2,3,8\nEnergy,1,5,9\n")
    facebook, twitter = json.loads(compared(old, new, "--json").stdout)
    assert (facebook["both"], facebook["same"], facebook["only_second"]) == (1, 1, 1)
    assert (twitter["both"], twitter["same"], twitter["worst"]) == (2, 1, "1")


def test_the_table_is_for_people(tmp_path: Path) -> None:
    said = compared(*files(tmp_path)).stdout
    assert "DOEtwitter" in said
    assert "0.166 %" in said


def test_a_cell_that_is_no_count_is_named_with_its_place(tmp_path: Path) -> None:
    said = compared(*files(tmp_path, OLD.replace("600", "six"), NEW))
    assert said.returncode == 2
    assert "old.csv, line 2, column DOEtwitter: 'six' is no count" in said.stderr
