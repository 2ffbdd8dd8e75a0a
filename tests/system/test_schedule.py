"""`headcount schedule` as a process: it runs what is due, goes on, and ends when it is asked to."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.system.installation import install
from tests.system.shell import clean, command, headcount

OFTEN = """
[jobs.often]
every = "1m"
accounts = ["twitter/account0"]
"""
"""With it, no turn is further away than a minute, and the first one comes within six seconds."""


@pytest.fixture
def folder(tmp_path: Path, demo: dict[str, Any]) -> Path:
    install(tmp_path, demo, extra=OFTEN)
    return tmp_path


@contextmanager
def scheduled(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    words = command(*options, "schedule")
    with subprocess.Popen(
        words, cwd=folder, env=clean(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def turn(process: subprocess.Popen[str]) -> str:
    """The next line that it prints of a turn."""
    assert process.stdout
    return process.stdout.readline()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_what_is_due_publishes_and_ends_between_two_turns_with_0(folder: Path, how: signal.Signals) -> None:
    with scheduled(folder) as process:
        said = turn(process)
        assert " UTC: often, " in said
        assert "often, slot" in said
        assert "1 counted" in said
        assert "; published to " in said
        assert "; next turn: " in said
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "stopped between two turns\n")
    assert "Traceback" not in err
    assert "twitter/account0" in (folder / "public/accounts.json").read_text()
    assert "nothing to do" in headcount(folder, "run", "--job", "org_chart").out or "org_chart" not in said


def test_a_broken_roster_costs_its_turn_and_is_told_and_the_next_one_goes_on(folder: Path) -> None:
    roster = (folder / "roster.csv").read_text()
    (folder / "roster.csv").write_text("unit,unit_id\n")
    with scheduled(folder, "--log-format", "json") as process:
        first = json.loads(turn(process))
        (folder / "roster.csv").write_text(roster)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert first["exit_status"] is None
    assert "roster.csv" in first["said"][0]
    assert first["jobs"][0] == "often"
    assert process.returncode == 0


def test_it_is_stopped_during_a_run_as_a_run_is_and_the_next_one_goes_on(folder: Path) -> None:
    """X's host takes the connection and never answers: the run is under way until it is stopped."""
    config = (folder / "headcount.toml").read_text()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        port = silent.getsockname()[1]
        stuck = [f'api = "http://127.0.0.1:{port}"' if "/twitter/api" in line else line for line in config.splitlines()]
        (folder / "headcount.toml").write_text("\n".join(stuck))
        with scheduled(folder) as process:
            connection, _ = silent.accept()
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=60)
            connection.close()
    assert process.returncode == 130
    assert "whatever was counted is kept" in err
    assert "Traceback" not in err
    (folder / "headcount.toml").write_text(config)
    assert "1 counted" in headcount(folder, "run", "--job", "often").out


@pytest.mark.parametrize("broken", ["gone", "[jobs.often]\nevery = 5\n"])
def test_a_configuration_that_is_wrong_from_the_beginning_ends_it_with_2(folder: Path, broken: str) -> None:
    (folder / "headcount.toml").unlink()
    if broken != "gone":
        (folder / "headcount.toml").write_text(broken)
    ran = headcount(folder, "schedule")
    assert ran.status == 2
    assert "headcount.toml" in ran.err
