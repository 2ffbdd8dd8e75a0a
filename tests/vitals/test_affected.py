"""Whom an open incident affects still."""

from __future__ import annotations

import pytest

from headcount.measure.health import Health
from headcount.news.story import Kind
from headcount.vitals.affected import still_affected
from tests.watch.material import account, story

BOTH = ("youtube/a", "youtube/b")


@pytest.mark.parametrize(
    ("kind", "first", "second", "left"),
    [
        ("together", "ok", "held", BOTH[1:]),
        ("together", "held", "held", BOTH),
        ("together", "ok", "ok", BOTH),
        ("together", "degraded", "stale", BOTH[1:]),
        ("platform", "failing", "ok", BOTH[:1]),
        ("network", "failing", "ok", BOTH[:1]),
        ("stale", "stale", "ok", BOTH[:1]),
        ("source", "degraded", "failing", BOTH),
        ("stuck", "ok", "ok", BOTH),
    ],
)
def test_an_incident_of_several_accounts_keeps_those_that_give_no_count(
    kind: Kind, first: Health, second: Health, left: tuple[str, ...]
) -> None:
    signs = [account(BOTH[0], first), account(BOTH[1], second)]
    assert still_affected(story(kind, accounts=BOTH), signs).accounts == left


def test_where_nobody_knows_how_accounts_are_it_is_told_as_it_was() -> None:
    assert still_affected(story("together", accounts=BOTH), ()).accounts == BOTH
