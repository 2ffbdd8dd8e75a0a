"""`headcount publish` as people call it: two at once, and a target that cannot be written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from shutil import rmtree

import pytest

from tests.system.shell import headcount, start

AT_ONCE = 4
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[jobs.hourly]
every = "1h"
[publish.first]
to = "first"
[publish.blocked]
to = "blocked/by/a/file"
[publish.last]
to = "last"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "headcount.toml").write_text(CONFIG)
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nDepartment,1,twitter,energy\n")
    return tmp_path


def number_of_whole_set(root: Path) -> int:
    """The number of the set that stands, every file of which is what the pointer says."""
    said = json.loads((root / "datapackage.json").read_bytes())
    for each in said["resources"]:
        content = (root / each["path"]).read_bytes()
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert (root / each["headcount:file"]).read_bytes() == content
    number: int = said["headcount:number"]
    return number


def test_a_target_that_cannot_be_written_costs_the_others_nothing_and_the_status_is_3(folder: Path) -> None:
    (folder / "blocked").write_text("a file, where a folder should be")
    ran = headcount(folder, "publish")
    assert ran.status == 3
    (said,) = [line for line in ran.out.splitlines() if "failed" in line]
    assert "blocked could not be written: " in said
    assert said.endswith("mend the folder and run `headcount publish`.")
    assert number_of_whole_set(folder / "first") == number_of_whole_set(folder / "last") > 0


def test_a_press_that_cannot_be_written_is_said_and_the_old_set_stands(folder: Path) -> None:
    assert headcount(folder, "publish", "--target", "first").status == 0
    number = number_of_whole_set(folder / "first")
    rmtree(folder / "press")
    (folder / "press").write_text("a file, where a folder should be")
    ran = headcount(folder, "publish", "--target", "first")
    assert ran.status == 3
    assert "mend the folder" in ran.err
    assert number_of_whole_set(folder / "first") == number


def test_several_at_once_wait_for_one_another_and_all_succeed(folder: Path) -> None:
    publishers = [start(folder, "publish", "--target", "first") for _ in range(AT_ONCE)]
    assert [publisher.wait(120) for publisher in publishers] == [0] * AT_ONCE
    number = number_of_whole_set(folder / "first")
    assert headcount(folder, "publish", "--target", "first").status == 0
    assert number_of_whole_set(folder / "first") > number
