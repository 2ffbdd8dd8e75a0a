"""What reading a reply costs: of real size and changed in any way, or made to be slow."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from random import Random

import pytest
from msgspec import structs

from headcount.model import Miss
from headcount.platforms.kit.contract import Exchange, Source
from tests.platforms.good.reply import grown
from tests.platforms.mutations import mutant
from tests.platforms.mutators.slow import slow
from tests.platforms.replaying import way
from tests.platforms.test_mutations import GOOD, SEED, SOURCES, Case, ask, told

MOST_SECONDS, MOST_BYTES = 0.1, 16 * 1024 * 1024
"""What one reply may cost, of the processor's time and of memory."""
PAGE_BYTES = 600_000
COSTED = 60
"""How many changed replies of real size are weighed for each source."""


def costed(source: str) -> Iterator[Case]:
    goods = [grown(good, PAGE_BYTES) for good in GOOD if good.source == source]
    for number in range(COSTED):
        good = goods[number % len(goods)]
        yield Case(number, good, mutant(Random(f"{SEED} {source} {number}"), good))


def delaying(source: str, size: int = PAGE_BYTES) -> Iterator[Case]:
    good = next(good for good in GOOD if good.source == source)
    return (Case(0, good, each) for each in slow(good.watched.handle, size))


@pytest.mark.long
@pytest.mark.parametrize("source", SOURCES)
def test_no_reply_takes_long_or_much_memory(source: str) -> None:
    """Replies of real size; the processor's own time, and the best of three, for the machine may have other work."""
    for each in (*costed(source), *delaying(source)):
        assert min(_seconds(each) for _ in range(3)) < MOST_SECONDS, str(each)
        assert _bytes(each) < MOST_BYTES, str(each)


def _seconds(each: Case, source: Source | None = None) -> float:
    start = time.thread_time()
    replies_read = len((ask(each.good, each.mutant, source) if source else told(each)).requests)
    return (time.thread_time() - start) / max(replies_read, 1)


def _bytes(each: Case) -> int:
    tracemalloc.start()
    try:
        told(each)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.long
def test_a_reader_that_goes_back_to_the_beginning_is_caught() -> None:
    """The positive control: it looks for the script around every assignment from the beginning of the page."""
    page = way("youtube", "page")

    def going_back(accounts: object, options: object) -> Exchange:
        asking = page.ask([case.good.watched], {})
        body = (yield next(asking)).body
        places = range(0, len(body), len("ytInitialData={"))
        assert not any(body.rfind(b"<script", 0, place) > body.rfind(b"</script", 0, place) for place in places)
        yield Miss(case.good.watched, "shape_changed")

    case = next(each for each in delaying("youtube page", PAGE_BYTES // 3) if "assigned outside" in each.mutant.how)
    assert _seconds(case, structs.replace(page, ask=going_back)) > MOST_SECONDS
