"""The benchmarks run, and notice a wrong count. How fast anything is, no test says."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from msgspec import structs

from benchmarks import collect, publish, serve
from benchmarks.parts import newest_rows, publish_table, questions, truth
from benchmarks.parts.contest import Check, Contestant, Effort, Standing, hold
from benchmarks.parts.hourly_publish import rewrite
from benchmarks.parts.long_history import HOUR, History, append_hour, count, make_store
from benchmarks.parts.longstanding import Longstanding, longstanding
from benchmarks.parts.newest_rows import wrong_newest
from benchmarks.parts.questions import LATEST, MATRIX, YEAR
from benchmarks.parts.table import lines
from benchmarks.parts.truth import SIMULATION, wrong_rows, wrong_texts
from headcount.clock import SYSTEM
from headcount.demo.simulation import Simulation
from headcount.pipeline.publishing.publish import publish as publish_now
from headcount.store.open import open_store
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


HISTORY = History(3, 50, AT)
ZONE = ZoneInfo("America/New_York")


def test_publishing_is_measured_and_every_count_is_as_it_should_be() -> None:
    words = [sys.executable, "-m", "benchmarks.publish", "--quick"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("every count was as it should be") == 2
    assert ran.stdout.count("headcount, 10 years / floor, 10 years: wall ") == 2
    assert ran.stdout.count("headcount, 10 years / headcount, 1 year: wall ") == 2
    assert ran.stdout.count("first system, 10 years / headcount, 10 years: wall ") == 1


def test_serving_is_measured_and_every_answer_is_right() -> None:
    words = [sys.executable, "-m", "benchmarks.serve", "--quick"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("every answer was right") == 6
    assert [ran.stdout.count(topic) for topic in (YEAR, MATRIX, LATEST)] == [2, 2, 2]
    assert [
        ran.stdout.count(f"{pair}: wall ") for pair in ("headcount / floor", "rows / uncached", "rows / cached")
    ] == [3] * 3
    assert ("cached / nginx: wall " in ran.stdout) != ("nginx is not here" in ran.stdout)


def test_files_that_end_with_other_counts_make_publishing_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(newest_rows, "count", lambda number, hour: count(number, hour) + 1)
    monkeypatch.setattr(publish, "YEARS", (1,))
    with pytest.raises(SystemExit) as exited:
        publish.main(["--quick"])
    assert exited.value.code == 1
    told = capsys.readouterr().out
    assert "WRONG social_data.csv ends with" in told
    assert "every count was as it should be" not in told


def test_answers_with_other_counts_make_serving_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(questions, "counts", lambda number, start, hours: np.full(hours, 7))
    monkeypatch.setattr(questions, "count", lambda number, hour: 7)
    monkeypatch.setattr(serve, "QUICK", serve.Size(rounds=1, year=48, floor=1, cached=1))
    with pytest.raises(SystemExit) as exited:
        serve.main(["--quick"])
    assert exited.value.code == 1
    told = capsys.readouterr().out
    for who in ("headcount in process", "floor in process", "rows: /series", "rows: /latest", "uncached: ", "cached: "):
        assert f"WRONG {who}" in told.replace("an answer by ", "")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Longstanding]:
    """An installation that has published its history, and then an hour more."""
    with longstanding(tmp_path_factory.mktemp("there"), HISTORY) as there:
        publish_now(there.house())
        there.count_once_more()
        publish_now(there.house())
        yield there


def test_what_was_published_ends_with_the_hour_that_was_counted_last(there: Longstanding) -> None:
    assert there.history.last == HISTORY.last + HOUR
    assert wrong_newest(there.settings.state / "web", there.history) == []


@pytest.mark.parametrize("back", [1, -1])
def test_files_of_another_hour_are_noticed(there: Longstanding, back: int) -> None:
    wrong = wrong_newest(there.settings.state / "web", there.history.until(there.history.last + back * HOUR))
    named = {each.partition(" ")[0] for each in wrong}
    assert {"social_data.csv", "daily.csv", "latest.json", f"{AT:%Y-%m}.csv"} <= named


@pytest.mark.parametrize("name", ["social_data.csv", "daily.csv", "latest.json", f"readings/{AT:%Y-%m}.csv"])
def test_a_file_with_one_count_off_is_noticed(there: Longstanding, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "web"
    shutil.copytree(there.settings.state / "web", folder)
    right = str(count(1, int(there.history.last.timestamp()) // 3600)).encode()
    spoilt = (folder / name).read_bytes().replace(right, right[:-1] + (b"1" if right[-1:] == b"0" else b"0"))
    (folder / name).unlink()
    (folder / name).write_bytes(spoilt)
    assert [each.partition(" ")[0] for each in wrong_newest(folder, there.history)] == [Path(name).name]


def test_a_store_that_is_filled_in_is_as_runs_would_have_left_it(tmp_path: Path) -> None:
    filled, counted = tmp_path / "filled" / "headcount.db", tmp_path / "counted" / "headcount.db"
    make_store(filled, HISTORY)
    with closing(open_store(f"sqlite:///{counted}", counted.parent)) as store:
        for hour in range(HISTORY.hours):
            append_hour(store, HISTORY, HISTORY.first + hour * HOUR)
    assert content(filled) == content(counted)


def content(file: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "names",
        "accounts",
        "handles",
        "pins",
        "tracks",
        "runs",
        "readings",
        "fills",
        "months",
        "misses",
        "decisions",
    )
    with closing(sqlite3.connect(file)) as connection:
        schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
        asked = {name: f"SELECT * FROM {name} ORDER BY 1, 2" for name in tables} | {"schema": schema}
        return {name: connection.execute(question).fetchall() for name, question in asked.items()}


def past() -> questions.Past:
    return questions.Past(HISTORY, ZONE, 24)


START = AT - 40 * HOUR
DAY = [count(1, int((START + number * HOUR).timestamp()) // 3600) for number in range(24)]
NEWEST = {f"twitter/account{number}": count(number, int(AT.timestamp()) // 3600) for number in range(3)}


@pytest.mark.parametrize(
    ("is_right", "expected"),
    [
        (lambda: past().is_year(1, START, DAY), True),
        (lambda: past().is_year(0, START, DAY), False),
        (lambda: past().is_year(1, START + HOUR, DAY), False),
        (lambda: past().is_year(1, START, DAY[:-1]), False),
        (lambda: past().is_year(1, START, []), False),
        (lambda: past().is_latest(AT, NEWEST), True),
        (lambda: past().is_latest(AT - HOUR, NEWEST), False),
        (lambda: past().is_latest(AT, {}), False),
        (lambda: past().is_week(1, [None] * 168), False),
        (lambda: past().is_week(1, []), False),
    ],
)
def test_an_answer_is_right_if_it_is_what_the_formula_gives(is_right: Callable[[], bool], expected: bool) -> None:
    assert is_right() is expected


def test_the_first_system_adds_a_row_and_keeps_the_others(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(b"date,a\r\n11/22/26 11:00,7\r\n")
    rewrite(table, ["11/22/26 12:00", 8])
    assert table.read_bytes() == b"date,a\r\n11/22/26 11:00,7\r\n11/22/26 12:00,8\r\n"


def test_the_longest_history_stands_against_the_shortest() -> None:
    def standing(name: str, wall: float, written: int) -> Standing:
        return Standing(Contestant(name, 1, 1, lambda: list), (Effort(wall, wall, written),), ())

    groups = [(standing("ours, 1 year", 2, 10), standing("floor, 1 year", 1, 10)), (standing("ours, 10 years", 3, 20),)]
    told = list(publish_table.lines("every file", [groups[0], (*groups[1], standing("floor, 10 years", 1, 0))]))
    assert (
        "ours, 10 years / ours, 1 year: wall 1.50 (1.50 to 1.50), CPU 1.50 (1.50 to 1.50), written 2.00 (2.00 to 2.00)"
        in told
    )
    assert "ours, 10 years / floor, 10 years: wall 3.00 (3.00 to 3.00), CPU 3.00 (3.00 to 3.00), written -" in told
