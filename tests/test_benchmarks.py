"""The benchmarks run, and notice a wrong count. How fast anything is, no test says."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from benchmarks import collect
from benchmarks.parts import truth
from benchmarks.parts.contest import Check, Contestant, Effort, Standing, hold
from benchmarks.parts.table import lines
from benchmarks.parts.truth import SIMULATION, wrong_rows, wrong_texts
from headcount.clock import SYSTEM
from headcount.demo.simulation import Simulation
from headcount.store.reader import Row

ROOT = Path(__file__).parent.parent

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINCE = AT - timedelta(seconds=1)
KEY = "twitter/account0"
TRUE = SIMULATION.count("twitter", "account0", AT)
ROW = Row(AT, "hourly", AT, KEY, "account0", "followers", TRUE, 1, "simulated-api", "accepted", None, 1)


def test_extracting_is_measured_and_every_count_is_as_simulated() -> None:
    words = [sys.executable, "-m", "benchmarks.extract", "--quick"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "every count was as simulated" in ran.stdout
    assert ran.stdout.count("headcount / floor: ") == 3


def test_collecting_is_measured_and_every_count_is_as_simulated() -> None:
    words = [sys.executable, "-m", "benchmarks.collect", "--quick"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("every count was as simulated") == 4
    assert ran.stdout.count("first system / headcount: wall ") == 4
    assert ran.stdout.count("headcount / floor: wall ") == 4


def test_a_server_that_tells_other_numbers_than_were_expected_makes_it_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(truth, "SIMULATION", Simulation(SYSTEM, seed=1))
    monkeypatch.setattr(collect, "WAYS", collect.WAYS[:1])
    with pytest.raises(SystemExit) as exited:
        collect.main(["--quick"])
    assert exited.value.code == 1
    assert "WRONG twitter/account0" in capsys.readouterr().out


def test_a_true_count_is_no_complaint() -> None:
    assert list(wrong_rows([ROW], [KEY], "api", SINCE)) == []


@pytest.mark.parametrize(
    "row",
    [
        structs.replace(ROW, count=TRUE + 1_000),
        structs.replace(ROW, count=TRUE * 10),
        structs.replace(ROW, count=0),
        structs.replace(ROW, count=None, status="missed", reason="unreachable"),
        structs.replace(ROW, status="held"),
        structs.replace(ROW, source="simulated-page"),
        structs.replace(ROW, taken_at=SINCE - timedelta(hours=1)),
        structs.replace(ROW, key="twitter/account1"),
        structs.replace(ROW, metric="likes"),
    ],
)
def test_any_other_row_is(row: Row) -> None:
    assert list(wrong_rows([row], [KEY], "api", SINCE)) != []


def test_an_account_without_a_row_is_missed() -> None:
    assert list(wrong_rows([], [KEY], "api", SINCE)) == [f"{KEY}: no count"]


def test_a_page_may_round_to_two_digits_and_no_more() -> None:
    row = structs.replace(ROW, source="simulated-page")
    assert list(wrong_rows([structs.replace(row, count=int(TRUE * 1.04))], [KEY], "page", SINCE)) == []
    assert list(wrong_rows([structs.replace(row, count=int(TRUE * 1.06))], [KEY], "page", SINCE)) != []


@pytest.mark.parametrize("text", ["", "<html>", "0", "1"])
def test_a_text_that_the_first_system_cut_out_wrongly_is_noticed(text: str) -> None:
    assert len(list(wrong_texts({KEY: text}, "api", datetime.now(UTC)))) == 1


def test_everyone_has_a_turn_in_every_round_and_their_complaints_are_kept() -> None:
    turns: list[str] = []

    def contestant(name: str, wrong: list[str]) -> Contestant:
        def work() -> Check:
            turns.append(name)
            return lambda: wrong

        return Contestant(name, 10, 1, work)

    first, second = hold([contestant("first", []), contestant("second", ["five is not six"])], 3)
    assert sorted(turns) == ["first"] * 3 + ["second"] * 3
    assert (len(first.efforts), first.wrong, second.wrong) == (3, (), ("five is not six",) * 3)


def test_ratios_are_of_medians_and_wrong_counts_are_shown() -> None:
    def standing(name: str, walls: list[float], wrong: tuple[str, ...] = ()) -> Standing:
        contestant = Contestant(name, 1, 1, lambda: list)
        return Standing(contestant, tuple(Effort(wall, wall) for wall in walls), wrong)

    told = list(lines("by API", [standing("slow", [8, 9, 4]), standing("fast", [2, 3, 1], ("five is not six",))]))
    assert "slow / fast: wall 4.00 (3.00 to 4.00), CPU 4.00 (3.00 to 4.00)" in told
    assert told[-2:] == ["WRONG five is not six", "1 in all"]
