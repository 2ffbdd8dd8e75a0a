"""The pointer of a bucket: what conditional writes come to, who wins, and what becomes of a reply that never came."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event
from typing import Protocol

import msgspec
import obstore
import pytest
from obstore.exceptions import BaseError

from headcount.errors import DeliveryError, Superseded
from headcount.publish.delivery.bucket import Bucket
from headcount.publish.delivery.conditions import Conditions
from headcount.publish.printed import POINTER, number_of
from tests.buckets.endpoint import Endpoint
from tests.buckets.middleman import Deliver, Letter, Reply, Tamper, baffled, forgetful, middleman


class Between(Protocol):
    def __call__(self, endpoint: Endpoint, tamper: Tamper, **options: str) -> Bucket: ...


def pointer(set_number: int, by: str = "us") -> bytes:
    return msgspec.json.encode({"headcount:number": set_number, "by": by})


def is_pointer_write(letter: Letter) -> bool:
    return letter.method == "PUT" and letter.path.split("?")[0].endswith(POINTER)


class Tampering:
    """Does something to the first writes of the pointer, and counts how often it is written."""

    def __init__(self, *deeds: Tamper, afterwards: Tamper | None = None) -> None:
        self.writes = 0
        self._deeds = list(deeds)
        self._afterwards = afterwards or (lambda letter, deliver: deliver(letter))

    def __call__(self, letter: Letter, deliver: Deliver) -> Reply | None:
        if not is_pointer_write(letter):
            return deliver(letter)
        self.writes += 1
        deed = self._deeds.pop(0) if self._deeds else self._afterwards
        return deed(letter, deliver)


def done_and_cut(letter: Letter, deliver: Deliver) -> None:
    deliver(letter)


class EveryOther:
    """Done, and the reply cut; what is sent once more is let through, and gets a 412 for what was done before."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    def __call__(self, letter: Letter, deliver: Deliver) -> Reply | None:
        reply = deliver(letter)
        self.statuses.append(reply.status)
        return reply if len(self.statuses) % 2 == 0 else None


def cut(letter: Letter, deliver: Deliver) -> None:
    """Never delivered."""


def busy(letter: Letter, deliver: Deliver) -> Reply:
    return Reply(409, body=b"<Error><Code>ConditionalRequestConflict</Code></Error>")


@pytest.fixture
def between() -> Iterator[Between]:
    """A bucket that is reached through a middleman; the conditions of the store are known before he begins."""
    with ExitStack() as stack:

        def opened(endpoint: Endpoint, tamper: Tamper, **options: str) -> Bucket:
            bucket = endpoint.through(stack.enter_context(middleman(endpoint.url, tamper))).open(options=options)
            assert bucket.conditions.create
            return bucket

        yield opened


# ---------------------------------------------------------------------------------------------------------- conditions


def test_ceph_wants_etags_without_their_quotes(on_ceph: Endpoint) -> None:
    assert on_ceph.open().conditions == Conditions("honoured", "unquoted")


def test_aws_wants_them_as_the_standard_says(on_aws: Endpoint) -> None:
    assert on_aws.open().conditions == Conditions("honoured", "quoted")


@pytest.mark.parametrize(
    ("tamper", "found"), [(forgetful, Conditions("ignored", "ignored")), (baffled, Conditions("refused", "refused"))]
)
def test_a_store_that_ignores_conditions_or_refuses_them_is_found_out_and_still_published_to(
    on_aws: Endpoint, between: Between, tamper: Tamper, found: Conditions
) -> None:
    bucket = between(on_aws, tamper)
    assert bucket.conditions == found
    assert not bucket.conditions.honoured
    bucket.point(pointer(1), None)
    bucket.point(pointer(2), pointer(1))
    assert bucket.pointer() == pointer(2)


def test_the_probe_leaves_nothing_behind(on: Endpoint) -> None:
    assert on.open().conditions.honoured
    assert on.names() == set()


# ------------------------------------------------------------------------------------------------------------ who wins


def test_the_pointer_is_made_and_replaced_and_read_back(on: Endpoint) -> None:
    bucket = on.open()
    assert bucket.pointer() is None
    bucket.point(pointer(1), None)
    bucket.point(pointer(2), pointer(1))
    assert bucket.pointer() == pointer(2)
    headers, _ = on.fetch(POINTER)
    assert (headers["Cache-Control"], headers["Content-Encoding"]) == ("public, max-age=60, must-revalidate", "gzip")


@pytest.mark.parametrize(
    ("theirs", "ours", "before"),
    [
        (pointer(3), pointer(2), pointer(1)),
        (pointer(3), pointer(2), pointer(3)),
        (pointer(2, "them"), pointer(2), pointer(1)),
        (pointer(2), pointer(1), None),
        (b"{}", b'{"name": "unnumbered"}', None),
    ],
    ids=["newer", "newer, though seen", "of the same number", "ours is the first", "without numbers"],
)
def test_what_another_has_put_meanwhile_stays(on: Endpoint, theirs: bytes, ours: bytes, before: bytes | None) -> None:
    on.open().point(theirs, None)
    with pytest.raises(Superseded, match="another publisher was quicker"):
        on.open().point(ours, before)
    assert on.open().pointer() == theirs


@pytest.mark.parametrize("theirs", [pointer(2), b"no JSON", b"{}", b'{"headcount:number": "\xff"}'])
def test_an_older_one_that_another_has_put_meanwhile_is_replaced(on_aws: Endpoint, theirs: bytes) -> None:
    on_aws.open().point(theirs, None)
    on_aws.open().point(pointer(3), pointer(1))
    assert on_aws.open().pointer() == pointer(3)


def test_an_older_publisher_that_finishes_last_does_not_roll_back(on: Endpoint, between: Between) -> None:
    def newer_is_quicker(letter: Letter, deliver: Deliver) -> Reply:
        on.open().point(pointer(3, "newer"), pointer(1))
        return deliver(letter)

    on.open().point(pointer(1), None)
    with pytest.raises(Superseded):
        between(on, Tampering(newer_is_quicker)).point(pointer(2, "older"), pointer(1))
    assert on.open().pointer() == pointer(3, "newer")


def test_without_conditions_it_would(on_aws: Endpoint, between: Between) -> None:
    def newer_is_quicker(letter: Letter, deliver: Deliver) -> Reply:
        on_aws.open().point(pointer(3, "newer"), pointer(1))
        return forgetful(letter, deliver)

    on_aws.open().point(pointer(1), None)
    between(on_aws, Tampering(newer_is_quicker)).point(pointer(2, "older"), pointer(1))
    assert on_aws.open().pointer() == pointer(2, "older")


def increments(endpoint: Endpoint, writers: int) -> int:
    """Every writer adds one, once; what it comes to."""

    def add_one(writer: int) -> None:
        bucket = endpoint.open()
        while True:
            before = bucket.pointer()
            try:
                bucket.point(pointer(number_of(before) + 1, f"writer {writer}"), before)
            except Superseded:
                continue
            return

    with ThreadPoolExecutor(writers) as everyone:
        list(everyone.map(add_one, range(writers)))
    return number_of(endpoint.open().pointer())


def test_16_writers_at_once_add_16(on: Endpoint) -> None:
    assert increments(on, 16) == 16


@pytest.mark.long
def test_64_writers_at_once_add_64(on: Endpoint) -> None:
    assert increments(on, 64) == 64


# ------------------------------------------------------------------------------------------------- replies that are cut


def test_a_write_whose_reply_was_cut_is_done(on: Endpoint, between: Between) -> None:
    on.open().point(pointer(1), None)
    between(on, Tampering(done_and_cut)).point(pointer(2), pointer(1))
    assert on.open().pointer() == pointer(2)


def test_a_write_whose_reply_never_comes_is_done(on_aws: Endpoint, between: Between) -> None:
    over = Event()

    def done_and_silent(letter: Letter, deliver: Deliver) -> None:
        deliver(letter)
        over.wait(60)

    between(on_aws, Tampering(done_and_silent), timeout="1s").point(pointer(1), None)
    over.set()
    assert on_aws.open().pointer() == pointer(1)


@pytest.mark.parametrize("before", [None, pointer(1)], ids=["the first", "a later one"])
@pytest.mark.parametrize(
    "deeds",
    [(done_and_cut,) * 5, (cut,), (cut, done_and_cut), (busy,)],
    ids=["cut each time", "cut before", "cut before, then when done", "409"],
)
def test_whatever_becomes_of_the_reply_the_write_is_done_and_known_to_be(
    on_aws: Endpoint, between: Between, before: bytes | None, deeds: tuple[Tamper, ...]
) -> None:
    if before:
        on_aws.open().point(before, None)
    tampering = Tampering(*deeds)
    between(on_aws, tampering).point(pointer(2), before)
    assert on_aws.open().pointer() == pointer(2)
    assert tampering.writes >= len(deeds)


def test_a_412_for_what_we_have_written_ourselves_is_no_defeat(on: Endpoint, between: Between) -> None:
    tamper = EveryOther()
    bucket = between(on, Tampering(afterwards=tamper))
    bucket.point(pointer(1), None)
    bucket.point(pointer(2), pointer(1))
    assert tamper.statuses == [200, 412, 200, 412]
    assert on.open().pointer() == pointer(2)


@pytest.mark.long
def test_1000_of_them_are_none(aws_server: Endpoint, between: Between) -> None:
    tampers = [EveryOther() for _ in range(8)]

    def write_125_times(tamper: EveryOther) -> int:
        endpoint = aws_server.with_bucket()
        bucket = between(endpoint, Tampering(afterwards=tamper))
        for turn in range(125):
            bucket.point(pointer(turn + 1), pointer(turn) if turn else None)
        return number_of(endpoint.open().pointer())

    with ThreadPoolExecutor(8) as everyone:
        assert sum(everyone.map(write_125_times, tampers)) == 1000
    assert [tamper.statuses for tamper in tampers] == [[200, 412] * 125] * 8


def test_whoever_takes_412_for_somebody_else_would_be_wrong(on_aws: Endpoint, between: Between) -> None:
    bucket = between(on_aws, Tampering(done_and_cut))
    with pytest.raises(BaseError):
        obstore.put(bucket.store, POINTER, pointer(1), mode="create")
    assert on_aws.open().pointer() == pointer(1), "it was done all the same"


def test_where_others_are_quicker_each_time_the_fault_is_told(on_aws: Endpoint, between: Between) -> None:
    tampering = Tampering(afterwards=busy)
    with pytest.raises(DeliveryError, match="others kept writing"):
        between(on_aws, tampering).point(pointer(1), None)
    assert tampering.writes == 4
    assert on_aws.open().pointer() is None


def test_a_refusal_is_told_at_once(on_aws: Endpoint, between: Between) -> None:
    tampering = Tampering(
        afterwards=lambda letter, deliver: Reply(403, body=b"<Error><Code>AccessDenied</Code></Error>")
    )
    with pytest.raises(DeliveryError, match="the key may not do this"):
        between(on_aws, tampering).point(pointer(1), None)
    assert tampering.writes == 1
