"""Targets: whoever reads by the pointer reads a whole set, whenever; nothing is sent twice, and nobody else's file is touched."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterable
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pytest

from headcount.errors import Superseded
from headcount.publish.delivery.folder import ASIDE, Folder
from headcount.publish.delivery.mirror import mirror
from headcount.publish.delivery.target import Body, Target
from headcount.publish.file import File
from headcount.publish.printed import POINTER, SETS, read_press
from tests.publish.shop import KEYS, Shop, Torn, assert_fixed_names_are_whole, read_by, read_set, there

FORK = multiprocessing.get_context("fork")
PUBLISHES, MANY = 60, 1_000
READERS = 2


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Power cuts are the matter of `test_folder`."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


class Watched(Folder):
    """A folder into which somebody looks after every step."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.root, self.pointers = root, list[bytes]()
        self.looks = 0

    def look(self) -> None:
        """Read the set that stands, and the two before it."""
        self.looks += 1
        if (self.root / POINTER).exists():
            self.remember((self.root / POINTER).read_bytes())
            assert_fixed_names_are_whole(self.root)
        for pointer in self.pointers:
            read_by(self.root, pointer)

    def remember(self, pointer: bytes) -> None:
        if pointer not in self.pointers:
            self.pointers = [*self.pointers, pointer][-SETS:]

    def put(self, name: str, body: Body) -> None:
        super().put(name, body)
        self.look()

    def copy(self, source: str, name: str, body: Body) -> None:
        super().copy(source, name, body)
        self.look()

    def point(self, content: bytes, before: bytes | None) -> None:
        super().point(content, before)
        self.look()

    def remove(self, names: Iterable[str]) -> None:
        super().remove(names)
        self.look()


class PointerFirst(Watched):
    """The control: a target at which the pointer is put before the files that it names."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._later = list[tuple[str, Body]]()

    def put_all(self, items: Iterable[tuple[str, Body]]) -> None:
        self._later += items

    def point(self, content: bytes, before: bytes | None) -> None:
        super().point(content, before)
        super().put_all(self._later)


class InPlace(Watched):
    """The control: a target whose files are written where they are read."""

    def copy(self, source: str, name: str, body: Body) -> None:
        content = body.path.read_bytes()
        with (self.root / name).open("wb") as out:
            for part in (content[:3], content[3:]):
                out.write(part)
                out.flush()
                self.look()


class Forgetful(Watched):
    """The control: a target that keeps no set but the newest."""

    def remove(self, names: Iterable[str]) -> None:
        newest = {each["path"] for each in json.loads((self.root / POINTER).read_bytes())["resources"]}
        super().remove({*names, *(path for path in there(self.root) if path.startswith("gen/") and path not in newest)})


def test_after_every_step_the_newest_three_sets_can_be_read_and_every_fixed_name_is_whole(shop: Shop) -> None:
    target = Watched(shop.public)
    for number in range(1, 7):
        shop.publish(number, to=target)
        assert shop.standing() == shop.standing("press") == number
    assert target.looks > 50
    shop.assert_tidy()


@pytest.mark.parametrize("bad", [PointerFirst, InPlace, Forgetful])
def test_what_would_tear_a_set_is_caught(shop: Shop, bad: type[Watched]) -> None:
    """The controls."""
    target = bad(shop.public)
    shop.publish(1)
    target.remember((shop.public / POINTER).read_bytes())
    with pytest.raises((Torn, ValueError)):
        publish_some(shop, target)


def publish_some(shop: Shop, target: Target) -> None:
    for number in range(2, 6):
        shop.publish(number, to=target)


class Reader:
    """A process that reads by a pointer, again and again until two further sets have followed; then by the next pointer."""

    def __init__(self, shop: Shop, begun: Synchronized[int]) -> None:
        self._shop, self._begun = shop, begun
        self._ours, self._theirs = FORK.Pipe()
        self._process = FORK.Process(target=self._read_for_ever)
        self._process.start()

    def stop(self) -> tuple[str, int]:
        """The fault that it found, if any, and how many sets it has read."""
        self._ours.send("enough")
        fault, sets = self._ours.recv()
        self._process.join()
        return fault, sets

    def _read_for_ever(self) -> None:
        fault, seen = "", set[int]()
        while not fault and not self._theirs.poll():
            fault = self._follow((self._shop.public / POINTER).read_bytes(), seen)
        self._theirs.send((fault, len(seen)))

    def _follow(self, pointer: bytes, seen: set[int]) -> str:
        number = 0
        while not number or self._is_kept(number):
            try:
                number = read_by(self._shop.public, pointer)
                assert_fixed_names_are_whole(self._shop.public)
            except (Torn, ValueError) as error:
                return f"{number}: {error}" if not number or self._is_kept(number) else ""
            seen.add(number)
            if self._theirs.poll():
                break
        return ""

    def _is_kept(self, number: int) -> bool:
        return self._begun.value < number + SETS


@pytest.mark.parametrize("publishes", [PUBLISHES, pytest.param(MANY, marks=pytest.mark.long)])
def test_readers_that_poll_while_sets_follow_one_another_see_none_torn_and_none_mixed(
    shop: Shop, publishes: int
) -> None:
    shop.publish(1)
    begun = FORK.Value("i", 1)
    readers = [Reader(shop, begun) for _ in range(READERS)]
    for number in range(2, publishes + 1):
        begun.value = number
        shop.publish(number)
    found = [reader.stop() for reader in readers]
    assert [fault for fault, _ in found] == [""] * READERS
    assert all(sets > publishes / 10 for _, sets in found), "they read, or this shows nothing"
    shop.assert_tidy()


def test_three_sets_are_kept_and_of_the_fourth_what_they_share(shop: Shop) -> None:
    pointers = []
    for number in range(1, 6):
        shop.publish(number)
        pointers.append((shop.public / POINTER).read_bytes())
    for root in (shop.public, shop.press):
        assert [read_by(root, pointer) for pointer in pointers[-SETS:]] == [3, 4, 5]
        for pointer in pointers[:-SETS]:
            with pytest.raises(Torn, match="is not there"):
                read_by(root, pointer)
    shop.assert_tidy()


def test_an_unchanged_file_is_not_sent_again(shop: Shop) -> None:
    assert "units.csv" in shop.publish(1).written
    assert {*shop.publish(2).written}.isdisjoint({"units.csv", "deep/er/twin.csv"})
    before = {name: (shop.public / name).stat().st_mtime_ns for name in ("units.csv", "deep/er/twin.csv")}
    shop.publish(3)
    assert before == {name: (shop.public / name).stat().st_mtime_ns for name in before}


def test_what_was_published_again_as_it_was_long_ago_is_whole(shop: Shop) -> None:
    """A name goes back to the bytes that an older set, which is kept, has too."""
    for number in (1, 2):
        shop.publish(number, more=[odd(number)])
    shop.publish(3, more=[odd(3)])
    assert (shop.public / "odd.csv").read_bytes() == b"1"
    shop.assert_tidy()


def odd(number: int) -> File:
    return File(name="odd.csv", make=lambda: iter([b"%d" % (number % 2)]))


def lose_the_record(shop: Shop) -> None:
    shop.memory.unlink()


def empty_the_target(shop: Shop) -> None:
    for path in there(shop.public):
        (shop.public / path).unlink()


def delete_a_fixed_name(shop: Shop) -> None:
    (shop.public / "units.csv").unlink()


def delete_a_file_of_the_set(shop: Shop) -> None:
    (shop.public / read_press(shop.press).files["units.csv"].path).unlink()


def write_over_a_fixed_name(shop: Shop) -> None:
    """In place, and so over the file of the set too, of which it is a link."""
    (shop.public / "units.csv").write_bytes(b"junk")


def cut_a_file_of_the_set(shop: Shop) -> None:
    os.truncate(shop.public / read_press(shop.press).files["units.csv"].path, 5)


def delete_the_pointer(shop: Shop) -> None:
    (shop.public / POINTER).unlink()


def write_nonsense_into_the_pointer(shop: Shop) -> None:
    (shop.public / POINTER).write_bytes(b'{"resources": [{"path": "\xff"}]}')


def leave_something_aside(shop: Shop) -> None:
    """What a process that was killed between linking and renaming leaves."""
    os.link(shop.public / read_press(shop.press).files["units.csv"].path, shop.public / ASIDE)


@pytest.mark.parametrize(
    "mishap",
    [
        lose_the_record,
        empty_the_target,
        delete_a_fixed_name,
        delete_a_file_of_the_set,
        write_over_a_fixed_name,
        cut_a_file_of_the_set,
        delete_the_pointer,
        write_nonsense_into_the_pointer,
        leave_something_aside,
    ],
)
def test_the_next_publish_mends_a_target(shop: Shop, mishap: Callable[[Shop], None]) -> None:
    for number in (1, 2):
        shop.publish(number)
    mishap(shop)
    shop.publish(3)
    assert shop.standing() == 3
    assert (shop.public / "units.csv").read_bytes() == b"the same for ever\r\n"
    for number in (4, 5):
        shop.publish(number)
    shop.assert_tidy()


@pytest.mark.parametrize("mishap", [lose_the_record, lambda shop: None])
def test_whoever_reads_the_set_that_stood_can_read_on_even_where_the_record_was_lost(
    shop: Shop, mishap: Callable[[Shop], None]
) -> None:
    shop.publish(1)
    pointer = (shop.public / POINTER).read_bytes()
    mishap(shop)
    for number in (2, 3):
        shop.publish(number)
        assert read_by(shop.public, pointer) == 1


@pytest.mark.parametrize(
    "name", ["index.php", "gen/notes.txt", "gen/0123/x.csv", "series/book.html", "readings/mine.csv", "deep/er/mine"]
)
def test_a_foreign_file_in_the_web_root_is_never_touched(shop: Shop, name: str) -> None:
    place = shop.public / name
    place.parent.mkdir(parents=True)
    place.write_text("theirs")
    for number in range(1, 5):
        shop.publish(number)
        assert place.read_text() == "theirs"
    lose_the_record(shop)
    shop.publish(5)
    assert place.read_text() == "theirs"


def test_a_name_that_is_no_longer_published_goes_with_its_folder(shop: Shop) -> None:
    shop.publish(1, more=[File(name="once/upon/a.csv", make=lambda: iter([b"x"]))])
    assert (shop.public / "once/upon/a.csv").is_file()
    shop.publish(2)
    assert not (shop.public / "once").exists()


def test_a_name_that_a_broken_delivery_may_have_put_is_known_to_be_ours(shop: Shop) -> None:
    class Full(Folder):
        def point(self, content: bytes, before: bytes | None) -> None:
            raise KeyboardInterrupt

    shop.publish(1)
    with pytest.raises(KeyboardInterrupt):
        shop.publish(2, more=[File(name="never.csv", make=lambda: iter([b"x"]))], to=Full(shop.public))
    assert (shop.public / "never.csv").exists()
    shop.publish(3)
    assert not (shop.public / "never.csv").exists()
    shop.assert_tidy()


def test_an_older_installation_rolls_nothing_back(shop: Shop, tmp_path: Path) -> None:
    other = Shop(tmp_path / "other")
    shop.publish(5)
    before = {path: (shop.public / path).read_bytes() for path in there(shop.public)}
    other.print(4)
    with pytest.raises(Superseded, match="publish from there"):
        mirror(read_press(other.press), Folder(shop.public), {})
    assert before == {path: (shop.public / path).read_bytes() for path in there(shop.public)}


def test_a_target_that_was_away_for_ten_editions_catches_up_and_its_readers_read_on(shop: Shop) -> None:
    shop.publish(1)
    pointer = (shop.public / POINTER).read_bytes()
    for number in range(2, 12):
        shop.print(number)
    for number in (12, 13):
        shop.publish(number)
        assert (read_set(shop.public), read_by(shop.public, pointer)) == (number, 1)
    shop.publish(14)
    with pytest.raises(Torn):
        read_by(shop.public, pointer)
    assert there(shop.public) == {*shop.record}


def naming(root: Path, word: str) -> list[str]:
    """The files that show an account: they bear its name, or hold it."""
    return [path for path in there(root) if word in path or word.encode() in (root / path).read_bytes()]


def showing(*keys: str) -> list[File]:
    return [File(name="who.csv", make=lambda: iter([",".join(keys).encode()]))]


@pytest.mark.parametrize("loses_the_press", [False, True])
def test_an_account_that_turns_internal_disappears_from_every_kept_set_at_once(
    shop: Shop, *, loses_the_press: bool
) -> None:
    for number in range(1, 4):
        shop.publish(number, more=showing(*KEYS))
    assert all(naming(root, "lab") for root in (shop.press, shop.public)), "the control: it is there, its series too"
    if loses_the_press:
        (shop.press / "press.json").unlink()
    shop.publish(4, KEYS[:1], more=showing(*KEYS[:1]))
    assert [naming(root, "lab") for root in (shop.press, shop.public)] == [[], []]
    for number in range(5, 8):
        shop.publish(number, KEYS[:1], more=showing(*KEYS[:1]))
    shop.assert_tidy()
    assert len(read_press(shop.press).sets) == SETS


def test_a_press_that_forgets_who_was_seen_would_be_caught(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    for number in range(1, 4):
        shop.publish(number, more=showing(*KEYS))
    monkeypatch.setattr("headcount.publish.edition.Edition.seen", property(lambda _: dict.fromkeys(KEYS)))
    shop.publish(4, KEYS[:1], more=showing(*KEYS[:1]))
    assert naming(shop.press, "lab")
    assert naming(shop.public, "lab")


def test_a_target_that_was_away_when_an_account_turned_internal_shows_it_no_more_when_it_is_back(shop: Shop) -> None:
    for number in range(1, 4):
        shop.publish(number, more=showing(*KEYS))
    for number in range(4, 9):
        shop.print(number, KEYS[:1], showing(*KEYS[:1]))
    shop.publish(9, KEYS[:1], more=showing(*KEYS[:1]))
    assert naming(shop.public, "lab") == []


def test_where_the_file_system_has_no_links_fixed_names_are_copies(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    for number in range(1, 5):
        shop.publish(number, to=Watched(shop.public))
    assert (shop.public / "units.csv").stat().st_nlink == 1
    shop.assert_tidy()


def test_where_it_has_links_a_fixed_name_costs_no_room(shop: Shop) -> None:
    shop.publish(1)
    assert (shop.public / "units.csv").stat().st_nlink == 2


def test_a_folder_is_a_target(shop: Shop) -> None:
    target: Target = Folder(shop.public)
    assert (target.pointer(), dict(target.there())) == (None, {})
