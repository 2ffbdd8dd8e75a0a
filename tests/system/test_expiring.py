"""A token that will expire is told of 14, 7, 3 days and 1 day ahead, and when it has expired; and to nobody outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from headcount.news.story import Severity
from tests.serve.process import serve
from tests.system.commanded import Commanded
from tests.system.outpost import NOON, Outpost

LAST = date(2026, 12, 14)
"""The last day of X's token: 24 days after NOON."""

TOKEN = "The credential twitter.bearer_token"

STEPS: dict[int, tuple[Severity, str]] = {
    14: ("warning", "expires in 14 days"),
    7: ("warning", "expires in 7 days"),
    3: ("urgent", "expires in 3 days"),
    1: ("urgent", "expires in 1 day"),
    -1: ("urgent", "has expired"),
}
"""What is told so many days ahead."""

ALL_CLEAR = "Department of Tests: all clear: The credential twitter.bearer_token was renewed"

PRESSING = 3
"""Days ahead from which on the webhook is told too, which takes only what is urgent."""

WORDS = r"bearer.token|credential|expire"
"""By which anybody would know of it; and by its last day, before that has come."""


def test_of_a_token_that_expires_there_is_a_letter_at_each_step(outpost: Outpost) -> None:
    told_by_and_by(outpost, (14, 7, 3))


@pytest.mark.long
def test_day_by_day_the_command_line_tells_of_it_and_the_pages_do_not(commanded: Commanded) -> None:
    commanded.hour()
    told_by_and_by(commanded, range(15, -3, -1))


def told_by_and_by(there: Outpost, days: Sequence[int]) -> None:
    """The days pass; at each step a letter comes, and at no other; then the token is renewed."""
    there.state.expires = LAST.isoformat()
    letters: list[str] = []
    for ahead in days:
        on(there, LAST - timedelta(days=ahead))
        if ahead in STEPS:
            letters.append(_letter(ahead, letters))
        assert there.letters() == letters, ahead
        assert not list(known(there))
    pressing = [each for each in days if each in STEPS and each <= PRESSING]
    assert there.calls() == [_letter(each, [] if each == PRESSING else letters) for each in pressing]
    there.state.expires = "2027-12-14"
    there.hour()
    assert there.letters()[-1] == there.calls()[-1] == ALL_CLEAR
    assert there.letters()[:-1] == letters
    assert not list(known(there))


def on(there: Outpost, day: date) -> None:
    """A day's one run."""
    there.clock.move((day - there.clock.now().date()).days * 86_400 - 3_600)
    there.hour()


def _letter(ahead: int, before: list[str]) -> str:
    severity, words = STEPS[ahead]
    return f"Department of Tests: {severity}: {'Still: ' if before else ''}{TOKEN} {words}"


def known(there: Outpost) -> Iterator[str]:
    """Where anybody could know of it."""
    today = there.clock.now().date()
    words = f"{WORDS}|{LAST}|{LAST:%-d %B}" if today < LAST else WORDS
    for name in ("status.html", "events.atom", "health.json", "digest.html"):
        yield from re.findall(words, (there.folder / "public" / name).read_text(), re.IGNORECASE)


@pytest.mark.long
def test_the_operator_sees_in_the_figures_what_nobody_else_does(commanded: Commanded) -> None:
    commanded.state.expires = (NOON.date() + timedelta(days=2)).isoformat()
    commanded.hour()
    assert TOKEN in commanded.says("watch", "show").out
    assert 'credential="bearer_token",platform="twitter"' in commanded.says("metrics").out
    with serve(commanded.folder) as served:
        for path in ("/metrics", "/api/social-media/v1/health", "/api/social-media/status.html"):
            said = served.ask(path).body.decode()
            assert "twitter" in said.lower()
            assert not re.findall(WORDS, said, re.IGNORECASE)
