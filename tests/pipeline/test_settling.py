"""Of one account and slot: what could be read counts, whatever else was kept of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from headcount.pipeline.rereading.filing import Reparsed
from headcount.pipeline.rereading.placing import Result
from headcount.pipeline.rereading.settling import settled
from tests.pipeline.hamlet import NOON

UNREAD = Reparsed("github/nasa", "hourly", NOON, "api", "shape_changed", "unread")
FULL: tuple[Result, ...] = ("stored", "held", "there", "same", "covered")


@pytest.mark.parametrize("result", FULL)
@pytest.mark.parametrize("failure", ["unread", "cut"])
def test_one_reply_that_can_be_read_is_enough_in_either_order(result: Result, failure: Result) -> None:
    read, failed = structs.replace(UNREAD, result=result), structs.replace(UNREAD, result=failure)
    assert settled([failed, read]) == settled([read, failed, failed]) == [read]


@pytest.mark.parametrize("other", [{"account": "github/noaa"}, {"job": "daily"}, {"slot": NOON + timedelta(hours=1)}])
def test_what_was_read_of_another_account_job_or_slot_is_not(other: dict[str, object]) -> None:
    read = structs.replace(UNREAD, result="stored", **other)
    assert settled([UNREAD, read]) == [UNREAD, read]


def test_what_nobody_could_read_is_told_of_each_reply() -> None:
    unknown = structs.replace(UNREAD, result="unknown")
    assert settled([UNREAD, unknown, UNREAD]) == [UNREAD, unknown, UNREAD]
