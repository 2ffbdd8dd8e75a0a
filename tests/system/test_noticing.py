"""What breaks is told over real sockets: the demo server is asked, a mail server and a webhook are written to."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from headcount.check import judge
from headcount.model import ACCEPTED
from headcount.news.story import Event
from headcount.watch.post import KEPT
from tests.system.breaking import CASES, ENERGY, Case
from tests.system.outpost import Outpost

HANDFUL = 4
"""Of them, in the short version."""

TELLING = 10_000
"""A smaller number may stand in a file for something else."""


def table(cases: tuple[Case, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


@table(CASES[:HANDFUL])
def test_what_breaks_is_told(outpost: Outpost, case: Case) -> None:
    see_through(outpost, case)


@pytest.mark.long
@table(CASES[HANDFUL:])
def test_whatever_else_breaks_is_told(outpost: Outpost, case: Case) -> None:
    see_through(outpost, case)


def see_through(there: Outpost, case: Case) -> None:
    """It happens, and is told in time; nobody sees a wrong number; it passes, and that is told too."""
    assert there.letters() == there.calls() == []
    case.happens(there)
    event = told(there, case)
    assert event.story.kind in KEPT or there.letters() or there.calls()
    if case.number:
        assert not list(wrong_numbers(there))
    if case.lasts:
        well_again(there, case.shut)
        assert [each.deed for each in there.events() if each.key == event.key][-1] == "cleared"
        assert any("all clear" in title for title in there.letters())


def test_a_build_that_holds_nothing_back_is_caught(outpost: Outpost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "quarantine", lambda case: ACCEPTED)
    outpost.simulation.changes = {ENERGY: lambda true: 1_000 * true}
    outpost.hour()
    assert {each.split()[0] for each in wrong_numbers(outpost)} >= {"twitter/energy", "latest.csv", "latest.json"}


def told(there: Outpost, case: Case) -> Event:
    for _ in range(case.runs):
        there.hour()
        found = [each for each in there.events() if (each.story.kind, each.story.subject) == (case.kind, case.about)]
        if found:
            return found[0]
    raise AssertionError(f"{case.name}: not told in {case.runs} runs, but {[each.key for each in there.events()]}")


def well_again(there: Outpost, hours: int) -> None:
    there.state = type(there.state)()
    there.simulation.changes = {}
    there.clock.move(3600 * hours)
    for _ in range(2):
        there.hour()


def wrong_numbers(there: Outpost) -> Iterator[str]:
    """Where anything stands in public that is far from what an account has, or that is a number which was shown in its place."""
    yield from (f"{name} {each}" for each in there.simulation.untrue if each >= TELLING for name in there.naming(each))
    truths = {each: there.true(*each) for each in there.simulation.changes}
    with (there.folder / "public/readings/latest.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            true = truths.get((row["platform"], row["handle"]))
            if true and row["count"] and abs(int(row["count"]) - true) > 0.02 * true:
                yield f"{row['account']} {row['count']} ({true})"
