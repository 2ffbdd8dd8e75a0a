"""What the rules catch and what they leave alone, over made-up histories of eight kinds of account."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, structs

from headcount.check import rules
from headcount.check.case import COURSE, Case
from headcount.check.judge import NOTICES, quarantine, weigh
from headcount.model import Count, Past
from tests.check.series import KINDS, kinds
from tests.check.spoiling import ALWAYS, SOMETIMES, STATUS_LEVEL

WARM = 24
"""Readings after which a series is known."""
MONTH = 800
BURSTING = "bursting"
"""The kind in which something does happen: a burst of visitors is true, and worth telling."""


def cases(past: list[Past], since: int = 1, step: int = 1) -> Iterator[Case]:
    """Each reading beside what the store would have had of its series then."""
    for place in range(since, len(past), step):
        yield Case(past[max(0, place - MONTH) : place], past[place])


def spoilt(case: Case, value: int) -> Case:
    true = case.now
    return Case(case.past, structs.replace(true, count=structs.replace(true.count, value=value)))


def faults(name: str, history: list[Past], seed: int) -> Iterator[tuple[str, Case]]:
    """Every way of spoiling a reading, at places all over a history."""
    random = Random(seed)
    levels = [kind.level for other, kind in KINDS.items() if other != name]
    for case in cases(history, WARM, 37):
        true = case.now.count.value
        for fault, spoil in (ALWAYS | (SOMETIMES if true >= STATUS_LEVEL else {})).items():
            yield fault, spoilt(case, spoil(random, true))
        yield "another account's number", spoilt(case, random.choice(levels))


def unnoticed(seeds: range) -> Counter[str]:
    """The wrong numbers that were not held, by kind and fault."""
    missed: Counter[str] = Counter()
    for name, make in kinds().items():
        for seed in seeds:
            found = faults(name, make(20, seed), seed)
            missed.update(f"{name}: {fault}" for fault, case in found if quarantine(case).decision != "hold")
    return missed


def test_every_wrong_number_is_held() -> None:
    assert unnoticed(range(3)) == {}


@pytest.mark.long
def test_every_wrong_number_is_held_in_many_histories() -> None:
    assert unnoticed(range(100, 140)) == {}


@pytest.mark.parametrize("missing", [["off_course"], ["leap", "off_course"]])
def test_without_its_rules_the_quarantine_lets_wrong_numbers_through(
    missing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for rule in missing:
        monkeypatch.setattr(rules, rule, lambda case: None)
    assert unnoticed(range(1))


@given(st.sampled_from([*KINDS]), st.integers(0, 2**32), st.sampled_from([*ALWAYS]))
def test_a_wrong_number_is_held_whatever_the_history(name: str, seed: int, fault: str) -> None:
    history = kinds()[name](3, seed)
    case = Case(history[:-1], history[-1])
    wrong = ALWAYS[fault](Random(seed), case.now.count.value)
    assert quarantine(spoilt(case, wrong)).decision == "hold"


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("known", [2, 3, 5, 24, 200])
def test_a_count_that_rests_over_a_day_s_gap_is_not_held(name: str, known: int) -> None:
    for seed in range(10):
        *_, last = past = kinds()[name](20, seed)[:known]
        assert quarantine(Case(past, structs.replace(last, at=last.at + timedelta(days=1)))).decision == "accept"


class Alarms(Struct, frozen=True):
    """What the rules said of clean readings."""

    readings: int
    said: Mapping[str, int]

    def per_thousand(self, rule: str) -> float:
        return 1_000 * self.said.get(rule, 0) / self.readings


def alarms(name: str, days: int, seeds: range) -> Alarms:
    said: Counter[str] = Counter()
    readings = 0
    for seed in seeds:
        for case in cases(kinds()[name](days, seed)):
            readings += 1
            verdict = weigh(case)
            said[verdict.rule] += bool(verdict.rule)
    return Alarms(readings, +said)


def told(found: Mapping[str, Alarms]) -> str:
    """A table of them, per thousand readings."""
    names = ["leap", "off_course", *NOTICES]
    lines = [f"{'kind':<12}{'readings':>9}" + "".join(f"{name:>12}" for name in names)]
    for kind, each in found.items():
        lines.append(f"{kind:<12}{each.readings:>9}" + "".join(f"{each.per_thousand(name):>12.3f}" for name in names))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("days", "seeds"),
    [(30, range(1)), pytest.param(120, range(10, 13), marks=pytest.mark.long)],
    ids=["a month", "a year of each"],
)
def test_clean_readings_are_let_alone(days: int, seeds: range) -> None:
    found = {name: alarms(name, days, seeds) for name in kinds()}
    sys.stdout.write(f"\nfalse alarms per 1,000 clean readings\n{told(found)}\n")
    lively = found.pop(BURSTING)
    readings, said = sum(each.readings for each in found.values()), sum(map(_said, found.values()))
    assert said <= readings / 8_760, "one a year of an account"
    assert {*lively.said} <= {"moved", "off_course"}
    assert lively.per_thousand("moved") <= 4, "each burst once"
    assert lively.per_thousand("off_course") <= 0.2, "a burst is seldom so high that it is held"


def _said(found: Alarms) -> int:
    return sum(found.said.values())


@pytest.mark.parametrize(("share", "within", "kinds_told"), [(0.05, 24, 8), (0.01, 48, 5)])
def test_a_slow_purge_is_noticed(share: float, within: int, kinds_told: int) -> None:
    """Over two days; of a few heads, and below a step of the rounding, nobody can tell."""
    assert len({name for name in kinds() if (_first_told(name, share) or within) < within}) >= kinds_told


def _first_told(name: str, share: float) -> int | None:
    """After how many readings a purge that begins after forty days is told of."""
    history = kinds()[name](45, 3)
    begin = next(place for place, each in enumerate(history) if (each.at - history[0].at).days >= 40)
    purged = [_less(each, share * min(1, max(0, place - begin) / 48)) for place, each in enumerate(history)]
    told = (place for place, case in enumerate(cases(purged, begin)) if "moved" in weigh(case).rule)
    return next(told, None)


def _less(each: Past, share: float) -> Past:
    step = each.count.granularity
    value = int(each.count.value * (1 - share)) // step * step
    return structs.replace(each, count=Count(value, step, each.count.rounding))


def test_a_history_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    for make in kinds().values():
        assert make(5, 1) == make(5, 1) != make(5, 2)


def test_a_week_is_what_the_usual_rate_is_taken_from() -> None:
    history = kinds()["large"](40, 1)
    assert len(Case(history[:-1], history[-1]).rates) == COURSE
