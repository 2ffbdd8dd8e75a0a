"""SlideShare: the page that is asked for, and what stands before it."""

from __future__ import annotations

import pytest

from headcount.net.message import Get
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.slideshare import walled
from tests.platforms.replaying import account, rehearse, reply, way
from tests.platforms.tables.slideshare import RIDDLE, page, user


def test_a_login_is_asked_for_as_it_is_written_and_never_leaves_its_place() -> None:
    asked = rehearse(way("slideshare", "page"), [account("slideshare", "../Us Energy")], page(user())).requests
    assert asked == [Get("{page}/..%2FUs%20Energy")]


@pytest.mark.parametrize(("status", "body"), [(403, ""), (401, "{}"), (200, RIDDLE)])
def test_a_riddle_is_asked_of_everybody(status: int, body: str) -> None:
    refused = walled(reply(body, status))
    assert isinstance(refused, Refusal)
    assert (refused.reason, refused.scope) == ("blocked", "source")


def test_words_about_robots_are_no_riddle() -> None:
    assert walled(reply(page(user(description=RIDDLE)))) is None
