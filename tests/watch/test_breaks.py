"""Whatever breaks is told in time, once, and with an all-clear; what is well is left alone; and a bad build is caught.

`make bench-watch` does the same with many more histories, and keeps the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import watch
from benchmarks.watching import crews
from benchmarks.watching.breaks import BREAKS
from benchmarks.watching.clean import Clean
from benchmarks.watching.histories import Seen
from benchmarks.watching.table import complaints, lines, of_clean, rows

NAMES = tuple(kind.name for kind in BREAKS)
A_DAY = 24
CLEAN = (40, 36)
"""Accounts and hours."""


def wrong(seen: Sequence[Seen], clean: Clean | None = None) -> list[str]:
    """Everything that is not as it has to be."""
    kinds = [kind for kind in BREAKS if any(kind.name == each.name for each in seen)]
    return list(complaints(rows(kinds, seen), clean))


def test_there_are_thirty_kinds_of_break_each_with_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 30


def test_every_kind_of_break_is_told_in_time_and_cleared() -> None:
    assert wrong(crews.histories(1, NAMES)) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_every_kind_of_break_is_told_in_time_in_other_histories(seed: int) -> None:
    assert wrong(crews.histories(seed, NAMES)) == []


def test_nobody_is_alarmed_on_days_on_which_nothing_breaks() -> None:
    clean = crews.clean(1, *CLEAN)
    assert clean.alarms == {}


@pytest.mark.long
def test_there_is_hardly_a_false_alarm_in_months() -> None:
    assert wrong([], crews.clean(2, 40, 30 * A_DAY)) == []


def test_an_alarm_that_never_speaks_is_caught() -> None:
    (seen,) = crews.histories(1, ["account gone"], "mute")
    assert seen.delay is None
    assert "account gone, 1: never told" in wrong([seen])


def test_an_alarm_at_every_single_miss_is_caught() -> None:
    clean = crews.clean(1, 20, A_DAY, "jumpy")
    assert clean.a_year > 1
    assert wrong([], clean)


def test_a_build_that_holds_nothing_back_is_caught() -> None:
    seen = crews.histories(1, ["zero", "ten times as many", "digits cut off"], "no quarantine")
    assert all(each.leaked for each in seen)
    assert all(any(each.name in complaint and "public" in complaint for complaint in wrong(seen)) for each in seen)


@pytest.mark.parametrize(("control", "status", "says"), [("", 0, "| 100 % |"), ("mute", 1, "never told")])
def test_the_figures_are_printed_and_kept_and_the_exit_status_says_whether_they_are_good(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    control: str,
    status: int,
    says: str,
) -> None:
    page = tmp_path / "figures.md"
    monkeypatch.setattr(watch, "PAGE", page)
    words = ["--kinds", "account gone", "--histories", "1", "--months", "0", "--control", control, "--write"]
    with pytest.raises(SystemExit) as exited:
        watch.main(words)
    shown = capsys.readouterr().out
    assert exited.value.code == status
    assert says in shown
    assert page.read_text().strip() in shown


def test_the_table_has_a_line_for_every_kind_and_says_what_the_clean_months_came_to() -> None:
    seen = [
        Seen(
            name=name, seed=1, limit=2, delay=2, letters=2, busiest=2, opened=1, cleared=1, false=(), leaked=0,
        )
        for name in NAMES
    ]  # fmt: skip
    table = list(lines(rows(BREAKS, seen)))
    assert len(table) == len(NAMES) + 2
    assert all(line.count("|") == table[0].count("|") for line in table)
    clean = Clean(months=12.0, alarms={"held": 1}, notices={"moved": 3}, letters=2, held=1, readings=8640)
    assert "**1.00 false alarms an account and year**" in "\n".join(of_clean(clean))
