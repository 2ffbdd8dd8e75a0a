"""Folders: a process that is killed, a disk that is full and power that is cut leave a whole set; the next publish mends all."""

from __future__ import annotations

import errno
import os
import resource
import signal
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from itertools import count, pairwise
from pathlib import Path

import pytest

from headcount.publish.aside import Written, blocks, put_in_place, write_aside
from headcount.publish.delivery.folder import ASIDE, Folder
from headcount.publish.delivery.mirror import mirror
from headcount.publish.printed import POINTER, read_press
from tests.publish.mishaps import Child
from tests.publish.shop import Shop, Torn, assert_fixed_names_are_whole, read_by, there

EVERY = 7
"""Of the steps one in so many is tried; the long version tries all."""
STEPS = 150
"""A publish has more than that: fewer would show that children are not heard."""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


def mishaps(shop: Shop, every: int, error: int = 0) -> int:
    """Let something happen to a publisher at each n-th of its steps, and another publish then; after how many steps it ends."""
    for number in (1, 2):
        shop.publish(number)
    for step in count(1, every):
        unlucky = 3 + 2 * ((step - 1) // every)
        pointer = (shop.public / POINTER).read_bytes()
        ending = Child(shop.places, step, error).does(partial(shop.publish, unlucky))
        if ending == "was not reached":
            return step
        assert shop.standing() in ({unlucky} if ending == "went on" else {unlucky - 1, unlucky})
        assert shop.standing("press") in {unlucky - 1, unlucky}
        assert_fixed_names_are_whole(shop.public)
        half_way = (shop.public / POINTER).read_bytes()
        shop.publish(unlucky + 1)
        assert shop.standing() == shop.standing("press") == unlucky + 1
        assert {read_by(shop.public, each) for each in (pointer, half_way)} <= {unlucky - 1, unlucky}
        shop.assert_tidy()
    raise AssertionError


@pytest.mark.usefixtures("no_waiting_for_the_disk")
@pytest.mark.parametrize("every", [EVERY, pytest.param(1, marks=pytest.mark.long)])
def test_wherever_a_publisher_is_killed_a_whole_set_stands_and_the_next_publish_mends_all(
    shop: Shop, every: int
) -> None:
    assert mishaps(shop, every) > STEPS


@pytest.mark.usefixtures("no_waiting_for_the_disk")
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("every", [EVERY * 3, pytest.param(1, marks=pytest.mark.long)])
def test_wherever_the_disk_fails_it_is_said_a_whole_set_stands_and_the_next_publish_mends_all(
    shop: Shop, every: int, error: int
) -> None:
    assert mishaps(shop, every, error) > STEPS


@pytest.mark.usefixtures("no_waiting_for_the_disk")
@pytest.mark.parametrize("every", [EVERY, pytest.param(1, marks=pytest.mark.long)])
def test_wherever_the_first_publisher_of_all_is_killed_the_next_publish_mends_all(tmp_path: Path, every: int) -> None:
    for step in count(1, every):
        shop = Shop(tmp_path / str(step))
        if Child(shop.places, step).does(partial(shop.publish, 1)) == "was not reached":
            break
        assert shop.standing() in {0, 1}
        shop.publish(2)
        assert shop.standing() == 2
        shop.assert_tidy()
    assert step > STEPS / 2


@pytest.mark.usefixtures("no_waiting_for_the_disk")
def test_publishers_that_are_killed_one_after_the_other_cost_no_more_than_one(shop: Shop) -> None:
    shop.publish(1)
    pointer = (shop.public / POINTER).read_bytes()
    for number in range(2, 20):
        Child(shop.places, number * 3).does(partial(shop.publish, number))
        assert shop.standing() < number
        assert read_by(shop.public, pointer) == 1
    shop.publish(20)
    assert shop.standing() == 20
    shop.assert_tidy()


@pytest.mark.usefixtures("no_waiting_for_the_disk")
def test_whoever_wrote_over_what_a_killed_process_left_aside_would_be_caught(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it may be a second name of a file that is read."""

    def write_over(path: Path, chunks: Iterable[bytes]) -> Written:
        path.parent.mkdir(parents=True, exist_ok=True)
        content = b"".join(chunks)
        path.write_bytes(content)
        return Written(path, sha256(content).hexdigest(), len(content))

    for number in (1, 2):
        shop.publish(number)
    os.link(shop.public / read_press(shop.press).files["units.csv"].path, shop.public / ASIDE)
    monkeypatch.setattr("headcount.publish.delivery.folder.write_aside", write_over)
    shop.publish(3)
    with pytest.raises(Torn):
        shop.standing()


def publishes(shop: Shop) -> None:
    shop.publish(3)


def delivers(shop: Shop) -> None:
    mirror(read_press(shop.press), Folder(shop.public), shop.record)


@pytest.mark.parametrize("most", [0, 5, 30, 60, 300, 1_000])
@pytest.mark.parametrize("work", [publishes, delivers])
def test_a_file_that_cannot_be_written_to_its_end_is_said_and_nothing_of_it_is_left(
    shop: Shop, work: Callable[[Shop], None], most: int
) -> None:
    shop.publish(1)
    shop.print(2)

    def short_of_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        memory, shop.memory = shop.memory, shop.memory.with_name("lost.json")
        shop.memory.symlink_to(memory)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        work(shop)

    assert Child(shop.places, 0).does(short_of_room) == "said so"
    assert shop.standing() == 1
    assert [path for root in (shop.press, shop.public) for path in there(root) if "aside" in path] == []
    shop.publish(4)
    assert shop.standing() == 4
    shop.assert_tidy()


class Noted:
    """What was asked of the disk, in order: what was forced to it, and what got a name."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps = list[tuple[str, int, str]]()
        force, rename, make = os.fsync, Path.replace, Path.mkdir

        def forced(handle: int) -> None:
            self.steps.append(("force", os.fstat(handle).st_ino, ""))
            force(handle)

        def renamed(path: Path, to: Path) -> Path:
            self.steps.append(("name", path.stat().st_ino, to.as_posix()))
            self.steps.append(("in", to.parent.stat().st_ino, to.as_posix()))
            return rename(path, to)

        def made(path: Path, **options: bool) -> None:
            make(path, **options)
            self.steps.append(("in", path.parent.stat().st_ino, path.as_posix()))

        monkeypatch.setattr(os, "fsync", forced)
        monkeypatch.setattr(Path, "replace", renamed)
        monkeypatch.setattr(Path, "mkdir", made)

    def out_of_order(self) -> list[str]:
        """The names that were given before their file was forced to the disk, and those not followed by their folder."""
        return [
            *self._unforced(),
            *(name for (what, folder, name), then in pairwise([*self.steps, ("", 0, "")]) if what == "in" and then[:2] != ("force", folder)),
        ]  # fmt: skip

    def _unforced(self) -> Iterable[str]:
        forced = set[int]()
        for what, inode, name in self.steps:
            if what == "force":
                forced.add(inode)
            elif what == "name" and inode not in forced:
                yield name

    def names(self) -> list[str]:
        return [name for what, _, name in self.steps if what == "name"]


def test_whatever_gets_a_name_is_on_the_disk_and_then_its_folder_is(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any other order a power cut could lose it, or show half of it."""
    noted = Noted(monkeypatch)
    for number in (1, 2):
        shop.publish(number)
        assert noted.names()[-1] == (shop.public / POINTER).as_posix(), "the pointer comes last of all"
    assert len(noted.names()) > 30
    assert noted.out_of_order() == []


def unforced_folder(folder: Path) -> None:
    del folder


def unforced_file(handle: int) -> None:
    del handle


@pytest.mark.parametrize(
    ("place", "replacement"),
    [("headcount.publish.aside.sync_folder", unforced_folder), ("headcount.publish.aside.os.fsync", unforced_file)],
)
def test_a_publisher_that_does_not_force_is_caught(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, place: str, replacement: Callable[..., None]
) -> None:
    """The controls."""
    noted = Noted(monkeypatch)
    monkeypatch.setattr(place, replacement)
    shop.publish(1)
    assert len(noted.out_of_order()) > 30


def test_a_file_is_forced_named_and_its_folder_forced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = Noted(monkeypatch)
    put_in_place(write_aside(tmp_path / ".aside", [b"x"]).path, tmp_path / "place.csv")
    assert [what for what, _, _ in noted.steps] == ["force", "name", "in", "force"]
    assert list(blocks(tmp_path / "place.csv")) == [b"x"]
