"""Whoever polls a bucket while it is published to sees whole sets, one after the other, and none that is mixed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from headcount.publish.delivery.bucket import Bucket
from headcount.publish.delivery.target import Body
from headcount.publish.printed import Printed
from tests.buckets.endpoint import Endpoint
from tests.buckets.readers import Reader, from_bucket, from_folder, polling
from tests.buckets.village import Village

PUBLISHES, MANY = 40, 1_000
READERS = 3


@pytest.fixture
def reader(on_ceph: Endpoint) -> Iterator[Reader]:
    with from_bucket(on_ceph) as get:
        yield Reader(get)


def read_while_published(village: Village, publishes: int) -> None:
    with ExitStack() as stack:
        places = [stack.enter_context(from_bucket(village.endpoint)) for _ in range(READERS)]
        everyone = stack.enter_context(polling([*places, from_folder(village.folder / "public")]))
        village.tell(*range(1, publishes + 1))
    assert [reader.faults for reader in everyone] == [[]] * len(everyone)
    assert min(reader.sets for reader in everyone) > publishes // 4, [reader.late for reader in everyone]


@pytest.mark.usefixtures("few_files")
def test_readers_that_poll_see_no_torn_no_mixed_and_no_incomplete_set(village: Village) -> None:
    read_while_published(village, PUBLISHES)


@pytest.mark.long
def test_nor_do_they_during_1000_publishes_of_everything(village: Village) -> None:
    read_while_published(village, MANY)


# ------------------------------------------------------------------------------------------------------------ controls


class Watched(Bucket):
    """A bucket into which somebody looks after every step."""

    reader: Reader

    def put(self, name: str, body: Body) -> None:
        super().put(name, body)
        self.reader.look()

    def put_all(self, items: Iterable[tuple[str, Body]]) -> None:
        for item in items:
            self.put(*item)

    def point(self, content: bytes, before: bytes | None) -> None:
        super().point(content, before)
        self.reader.look()


class PointerFirst(Watched):
    """The pointer is put before the files that it names."""

    def put_all(self, items: Iterable[tuple[str, Body]]) -> None:
        self._later = [*getattr(self, "_later", []), *items]

    def point(self, content: bytes, before: bytes | None) -> None:
        super().point(content, before)
        super().put_all(self._later)


class InPlace(Watched):
    """Files of a set have the path of the set before, and are written over."""

    def there(self) -> dict[str, int]:
        return {}


class Forgetful(Watched):
    """A set that is being read is removed as soon as another is there."""

    def point(self, content: bytes, before: bytes | None) -> None:
        self.remove(each["path"] for each in json.loads(before or b"{}")["resources"])
        self.reader.look()
        super().point(content, before)


def published_by(village: Village, reader: Reader, kind: type[Watched], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a reader finds wrong who looks after every step of such a publisher."""
    village.tell(1, 2)
    reader.look()
    monkeypatch.setattr(kind, "reader", reader, raising=False)
    monkeypatch.setattr("headcount.publish.delivery.open.Bucket", kind)
    village.tell(3)
    return reader.faults


@pytest.mark.usefixtures("few_files")
def test_after_every_step_a_whole_set_is_there(
    village: Village, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert published_by(village, reader, Watched, monkeypatch) == []
    assert reader.sets > 10


@pytest.mark.usefixtures("few_files")
def test_a_publisher_that_writes_the_pointer_first_is_caught(
    village: Village, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any(fault.startswith("missing") for fault in published_by(village, reader, PointerFirst, monkeypatch))


@pytest.mark.usefixtures("few_files")
def test_a_publisher_that_writes_over_the_files_of_a_set_is_caught(
    village: Village, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Printed, "path", property(lambda each: f"gen/{'0' * 16}/{each.name}" if each.in_set else each.name)
    )
    assert any(fault.startswith("torn") for fault in published_by(village, reader, InPlace, monkeypatch))


@pytest.mark.usefixtures("few_files")
def test_a_publisher_that_removes_a_set_too_early_is_caught(
    village: Village, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any(fault.startswith("missing") for fault in published_by(village, reader, Forgetful, monkeypatch))


@pytest.mark.usefixtures("few_files")
def test_a_set_of_files_that_do_not_belong_together_is_caught(village: Village, reader: Reader) -> None:
    village.tell(1, 2)
    older = described(village)
    village.tell(3)
    newer = described(village)
    mixed = [
        old if old["headcount:file"] == "latest.json" else new
        for old, new in zip(older["resources"], newer["resources"], strict=True)
    ]
    bucket = village.endpoint.open()
    bucket.point(
        json.dumps(newer | {"headcount:number": newer["headcount:number"] + 1, "resources": mixed}).encode(), None
    )
    reader.look()
    assert reader.faults == ["mixed: {2, 3}"]


def described(village: Village) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(village.endpoint.open().pointer() or b"")
    return found
