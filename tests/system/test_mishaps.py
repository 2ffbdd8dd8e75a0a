"""What goes wrong on an ordinary day: one sentence that says what to do, the right exit status, and nothing lost."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.system.installation import install
from tests.system.shell import clean, command, headcount


@pytest.fixture
def folder(tmp_path: Path, demo: dict[str, Any]) -> Path:
    install(tmp_path, demo)
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_job_that_means_nobody_says_so_and_still_counts_the_others(folder: Path) -> None:
    edit(folder / "headcount.toml", 'every = "1h"', 'every = "1h"\naccounts = ["platform:twitter", "twitter/acount1"]')
    ran = headcount(folder, "run", "--job", "hourly")
    assert ran.status == 1
    assert "2 counted" in ran.out
    assert "twitter/acount1 means nobody in the roster" in ran.out
    assert "twitter/account1" in ran.out


def test_a_roster_without_accounts_stops_the_run_and_leaves_what_is_published(folder: Path) -> None:
    assert headcount(folder, "run").status == 0
    before = (folder / "public/all_social_data.csv").read_bytes()
    (folder / "roster.csv").write_text("unit,unit_id,platform,account\n")
    ran = headcount(folder, "run")
    assert ran.status == 2
    assert "names no account" in ran.err
    assert (folder / "public/all_social_data.csv").read_bytes() == before


def test_an_account_that_leaves_the_roster_keeps_its_column(folder: Path) -> None:
    assert headcount(folder, "run").status == 0
    before = (folder / "public/social_data.csv").read_text().splitlines()[1]
    assert all(before.split(","))
    edit(folder / "roster.csv", "Unit 0,0,twitter,account0\n", "")
    assert headcount(folder, "publish").status == 0
    assert (folder / "public/social_data.csv").read_text().splitlines()[1] == before


def test_a_platform_that_nobody_is_on_is_a_mistake(folder: Path) -> None:
    ran = headcount(folder, "run", "--platform", "twiter")
    assert ran.status == 2
    assert "no account of the roster is on 'twiter'" in ran.err


def test_a_report_that_cannot_be_written_is_told_before_anybody_is_asked(folder: Path) -> None:
    ran = headcount(folder, "run", "--junit", "no/such/folder/report.xml")
    assert ran.status == 3
    assert "no/such/folder/report.xml: No such file or directory" in ran.err
    assert json.loads(headcount(folder, "status", "--json").out)[0]["health"] == "never counted"


@pytest.mark.parametrize("lost", ["emptied", "gone"])
def test_a_store_that_is_lost_is_not_taken_for_a_new_one(folder: Path, lost: str) -> None:
    assert headcount(folder, "run").status == 0
    before = (folder / "public/social_data.csv").read_bytes()
    for part in folder.glob("headcount.db-*"):
        part.unlink()
    (folder / "headcount.db").unlink()
    if lost == "emptied":
        (folder / "headcount.db").touch()
    ran = headcount(folder, "run")
    assert ran.status == 3
    assert "is empty or gone" in ran.err
    assert (folder / "public/social_data.csv").read_bytes() == before
    (folder / "headcount.db.made").unlink()
    assert headcount(folder, "run").status == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_so_and_the_next_one_goes_on(folder: Path, how: signal.Signals) -> None:
    """Instagram's host takes the connection and never answers: the run is under way until it is stopped."""
    with subprocess.Popen(["python3", "-c", SILENT], stdout=subprocess.PIPE, text=True) as silent:
        assert silent.stdout
        port = silent.stdout.readline().strip()
        config = (folder / "headcount.toml").read_text()
        stuck = "\n".join(
            f'api = "http://127.0.0.1:{port}"' if "/instagram/api" in line else line for line in config.splitlines()
        )
        (folder / "headcount.toml").write_text(stuck)
        words = command("--log-format", "json", "run", "--job", "hourly")
        with subprocess.Popen(
            words, cwd=folder, env=clean(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as run:
            assert run.stderr
            counted = 0
            while counted < 6:
                line = run.stderr.readline()
                assert line, "the run ended before it was stopped"
                counted += '"followers"' in line
            run.send_signal(how)
            _, err = run.communicate(timeout=60)
        silent.terminate()
    assert run.returncode == 130
    assert "whatever was counted is kept" in err
    assert "Traceback" not in err
    (folder / "headcount.toml").write_text(config)
    assert "2 counted" in headcount(folder, "run", "--job", "hourly").out


SILENT = """
import socket, time
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
time.sleep(600)
"""
