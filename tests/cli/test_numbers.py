"""Numbers in what commands print: one account, two accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount.cli.saying.lines import Lines
from headcount.cli.saying.planned import in_words
from headcount.cli.saying.summary import summary
from headcount.collect.cost import Estimate
from headcount.model import Run, Tally
from headcount.net.message import Pace
from headcount.pipeline.collecting.due import Plan
from headcount.pipeline.collecting.turnout import Turnout
from headcount.pipeline.publishing.publish import Published
from headcount.pipeline.run import Report
from tests.stores.material import NOON

DAY = timedelta(days=1)


def asking(accounts: int, requests: int, pace: int = 100) -> Estimate:
    return Estimate("twitter", "api", accounts, requests, requests, Pace(pace, 60), 0, 0)


@pytest.mark.parametrize(
    ("accounts", "requests", "said"),
    [
        (1, 1, "twitter: asking api about 1 account in 1 request"),
        (2, 1, "twitter: asking api about 2 accounts in 1 request"),
        (1_200, 12, "twitter: asking api about 1,200 accounts in 12 requests"),
    ],
)
def test_whom_a_run_is_asking_about(accounts: int, requests: int, said: str) -> None:
    assert Lines().line(asking(accounts, requests)) == said


@pytest.mark.parametrize(
    ("accounts", "requests", "said"),
    [(1, 1, "1 account, 1 request, 1.00% of"), (2, 3, "2 accounts, 3 requests, 3.00% of")],
)
def test_what_a_run_would_take(accounts: int, requests: int, said: str) -> None:
    (line,) = in_words("hourly", Plan((asking(accounts, requests),), DAY, frozenset()))
    assert said in line


def test_of_one_account_that_does_not_fit_into_a_run() -> None:
    *_, line = in_words("hourly", Plan((asking(1, 9, pace=1),), timedelta(), frozenset()))
    assert "does not fit into one run: 0 of 1 account, the most important first" in line


@pytest.mark.parametrize(
    ("requests", "written", "files", "said"),
    [
        (1, 1, 1, ["(1 request, 2.0 s)", "1 of 1 file was new or had changed"]),
        (2, 0, 1, ["(2 requests, 2.0 s)", "0 of 1 file was new or had changed"]),
        (2, 2, 30, ["(2 requests, 2.0 s)", "2 of 30 files were new or had changed"]),
    ],
)
def test_what_a_run_came_to(requests: int, written: int, files: int, said: list[str]) -> None:
    tally = Tally(requests=requests, seconds=2.0, readings=1)
    run = Turnout("hourly", NOON, (), run=Run(1, "hourly", NOON, NOON, NOON, tally), tally=tally)
    lines = summary(Report((run,), published=(Published("web", "public", written, files),)))
    assert all(line.endswith(words) for line, words in zip(lines, said, strict=True))


@pytest.mark.parametrize(("done", "said"), [(1, "1 account is done"), (3, "3 accounts are done")])
def test_where_there_is_nothing_to_do(done: int, said: str) -> None:
    (line,) = summary(Report((Turnout("hourly", NOON, (None,) * done),)))  # type: ignore[arg-type] # only their number is told
    assert line.endswith(f"nothing to do; {said}")
