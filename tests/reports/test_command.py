"""`headcount digest`: as text, as JSON, as a page, and what is said of a week that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.system.shell import headcount

CONFIG = """
[organization]
name = "Department"
timezone = "America/New_York"
roster = "roster.csv"

[jobs.hourly]
every = "1h"
"""


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    (tmp_path / "headcount.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nOne,1,twitter,dot\n", encoding="utf-8")
    return tmp_path


def test_it_prints_text_or_json_and_writes_a_page(installation: Path) -> None:
    assert headcount(installation, "digest").out.startswith("Department\nThe week of ")
    found = json.loads(headcount(installation, "digest", "--days", "30", "--json").out)
    assert found["audience"] == {"total": None, "counted": 0, "of": 1, "change": None, "known": 0, "unknown": {"not counted in this time": 1}}  # fmt: skip
    assert headcount(installation, "digest", "-o", "week.html").status == 0
    assert (installation / "week.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not list(installation.glob(".week*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--week", "46"), "is not a week that has begun"),
        (("--week", "2099-W01"), "is not a week that has begun"),
        (("--week", "2026-W01", "--days", "3"), "give one of them"),
        (("--send",), "names no channel"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(installation: Path, words: tuple[str, ...], said: str) -> None:
    outcome = headcount(installation, "digest", *words)
    assert outcome.status == 2
    assert said in outcome.err
