"""Two installations that publish to one bucket by mistake: the newer set wins, and whoever reads by the pointer reads whole sets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.buckets.copies import in_bucket, versions
from tests.buckets.endpoint import Endpoint
from tests.buckets.middleman import Deliver, Letter, Reply, middleman
from tests.buckets.readers import Reader, from_bucket
from tests.buckets.village import HOUR, NOON, Village

pytestmark = pytest.mark.usefixtures("few_files")

LATER = timedelta(minutes=30)


@pytest.fixture
def other(village: Village, tmp_path: Path) -> Iterator[Village]:
    """Another installation, of the same accounts, whose clock is half an hour ahead."""
    here = Village(tmp_path / "other", village.endpoint, NOON + LATER)
    yield here
    here.store.close()


@pytest.fixture
def reader(on_ceph: Endpoint) -> Iterator[Reader]:
    with from_bucket(on_ceph) as get:
        yield Reader(get)


def sets_are_whole(reader: Reader) -> bool:
    """Of the names that people know it is not asked whose they are."""
    reader.look()
    return [fault for fault in reader.faults if "social_data.csv" not in fault] == []


def strangers(endpoint: Endpoint) -> set[str]:
    """The fixed names that have another content than the set that the pointer names."""
    there = in_bucket(endpoint)
    resources = json.loads(there["datapackage.json"])["resources"]
    return {each["headcount:file"] for each in resources if there[each["headcount:file"]] != there[each["path"]]}


class Meanwhile:
    """Does something before the first write of a file whose path begins so, and lets everything pass."""

    def __init__(self, beginning: str, deed: Callable[[], object]) -> None:
        self._beginning, self._deeds = f"/so/cial/{beginning}", [deed]

    def __call__(self, letter: Letter, deliver: Deliver) -> Reply:
        if letter.method == "PUT" and self._deeds and self._beginning in letter.path:
            self._deeds.pop()()
        return deliver(letter)


def publish_with(village: Village, meanwhile: Meanwhile) -> str:
    """Publish, while something happens; the fault."""
    straight = village.endpoint
    with middleman(straight.url, meanwhile) as url:
        village.endpoint = straight.through(url)
        fault = village.publish("bucket")["bucket"].fault
    village.endpoint = straight
    return fault


def test_the_older_is_told_and_changes_nothing(village: Village, other: Village, reader: Reader) -> None:
    village.tell(1, targets=["bucket"])
    other.tell(1, 2, targets=["bucket"])
    before = versions(village.endpoint)
    village.clock.move(60)
    assert "a newer set than ours is there" in village.publish("bucket")["bucket"].fault
    assert versions(village.endpoint) == before
    assert sets_are_whole(reader)


def test_the_newer_wins_although_the_older_finishes_last(village: Village, other: Village, reader: Reader) -> None:
    other.count(1)
    village.count(1)
    fault = publish_with(village, Meanwhile("datapackage.json", lambda: other.tell(2, targets=["bucket"])))
    assert "another publisher was quicker. Nothing was rolled back" in fault
    assert sets_are_whole(reader)
    assert strangers(village.endpoint) == set()


def test_the_older_that_is_quicker_takes_nothing_from_the_newer(
    village: Village, other: Village, reader: Reader
) -> None:
    village.tell(1, targets=["bucket"])
    other.count(1)
    other.count(2)
    meanwhile = Meanwhile("datapackage.json", lambda: village.tell(2, targets=["bucket"]))
    assert publish_with(other, meanwhile) == ""
    assert sets_are_whole(reader)


def test_the_older_writes_no_name_over_that_of_the_newer(village: Village, other: Village) -> None:
    other.count(1)
    other.count(2)
    village.tell(1, targets=["bucket"])
    village.count(2)
    assert publish_with(village, Meanwhile("gen/", lambda: other.tell(3, targets=["bucket"])))
    assert strangers(village.endpoint) == set()


def test_whoever_publishes_after_another_puts_every_name_there_again(village: Village, other: Village) -> None:
    village.tell(1, 2, targets=["bucket"])
    other.count(1)
    other.tell(2, targets=["bucket"])
    village.clock.move(5 * HOUR.total_seconds())
    assert village.publish("bucket")["bucket"].fault == ""
    assert strangers(village.endpoint) == set()
