"""Whoever reads what a command prints may stop: the command ends without a word."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from headcount.cli.parser import UNREAD
from headcount.store.open import open_store
from tests.system.shell import clean, command

CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[jobs.hourly]
every = "1h"
[publish.web]
to = "public"
"""
COMMANDS = (
    "review",
    "status",
    "status --json",
    "account list",
    "export accounts",
    "digest",
    "metrics",
    "reparse",
    "collect --dry-run",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "headcount.toml").write_text(CONFIG)
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,twitter,energy\n")
    open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path).close()
    return tmp_path


def unread(folder: Path, words: str) -> tuple[int, str]:
    """What a command comes to whose reader has gone before it begins: its status, and what it complains of."""
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        command(*words.split()), cwd=folder, env=clean(), stdout=theirs, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(theirs)
    return done.returncode, done.stderr


@pytest.mark.parametrize("words", COMMANDS)
def test_a_reader_that_has_gone_ends_a_command_quietly(folder: Path, words: str) -> None:
    assert unread(folder, words) == (UNREAD, "")


def test_a_complaint_is_still_heard(folder: Path) -> None:
    """The positive control: only what is printed has no reader."""
    (folder / "headcount.toml").write_text("[organization]\nnome = 1\n")
    status, said = unread(folder, "status")
    assert (status, "headcount.toml" in said) == (2, True)


def test_where_nobody_hears_complaints_either_nothing_else_happens(folder: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" 2>&1 | true', "sh", *command("status")],
        cwd=folder,
        env=clean(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
