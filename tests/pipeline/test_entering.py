"""What people enter of an account: until its handle passes on, and as finely as it was shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from headcount.errors import Mistake
from headcount.pipeline.by_hand import changes
from headcount.pipeline.by_hand.changes import Saying
from headcount.pipeline.by_hand.entering import Pen, Written, enter
from headcount.pipeline.house import open_house
from tests.pipeline.town import DAY, NOON, Town

HOUR = timedelta(hours=1)
JANE = Pen("jane")


def written(hours: int) -> Written:
    return Written("twitter/lab", "1204", f"{NOON + hours * HOUR:%Y-%m-%dT%H:%M}Z")


async def test_nothing_is_entered_for_an_account_after_its_hand_over(town: Town) -> None:
    handed_over = Saying("jane", NOON + 2 * HOUR, "another lab has it")
    changes.hand_over(open_house(town.premises()), "twitter/lab", handed_over)
    town.clock.move(DAY)
    house = open_house(town.premises())
    for hours in (2, 5):
        with pytest.raises(Mistake, match="twitter/lab was handed over on 2026-11-20: enter it for the account"):
            enter(house, [written(hours)], JANE)
    assert enter(house, [written(-48)], JANE).new == 1, "what was counted before is still its own"


async def test_what_was_archived_may_still_be_counted_by_hand(town: Town) -> None:
    changes.archive(open_house(town.premises()), "twitter/lab", Saying("jane", NOON - 72 * HOUR, "it is quiet"))
    assert enter(open_house(town.premises()), [written(-48)], JANE).new == 1


async def test_the_same_number_shown_less_finely_is_another_count(town: Town) -> None:
    house = open_house(town.premises())
    exact = structs.replace(written(-48), count="1200")
    rounded = structs.replace(exact, rounded_to="100")
    assert enter(house, [exact], JANE).new == 1
    with pytest.raises(Mistake, match="it contradicts what was entered before"):
        enter(house, [rounded], JANE)
    assert enter(house, [rounded], structs.replace(JANE, anew=True)).new == 1
    assert enter(house, [rounded], JANE).new == 0, "it was entered before"
