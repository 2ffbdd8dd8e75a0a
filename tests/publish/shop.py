"""A press, a target and readers: small sets in which every file bears the set's number, so that a mixture shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from headcount.model import Entry, Unit
from headcount.publish.delivery.folder import Folder
from headcount.publish.delivery.mirror import Delivery, announced, mirror
from headcount.publish.delivery.target import Target
from headcount.publish.edition import Edition, Listed
from headcount.publish.file import AnyFile, Converted, File, Grown
from headcount.publish.press import print_edition
from headcount.publish.printed import INDEX, POINTER, SETS, Press, read_press
from headcount.store.reader import Changes

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEYS = ("twitter/energy", "twitter/lab")
NOBODY: Any = None
"""The store, of which these files ask nothing."""


class Torn(AssertionError):
    """What a reader must never see."""


class Shop:
    """Prints and delivers one set after the other; what was delivered is remembered in a file, as the store does."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.places, self.memory = folder / "places", folder / "record.json"
        self.press, self.public = self.places / "press", self.places / "public"

    @property
    def record(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.memory.read_text()) if self.memory.exists() else {}
        return found

    def print(self, number: int, keys: Iterable[str] = KEYS, more: Iterable[AnyFile] = ()) -> Press:
        before = read_press(self.press)
        return print_edition(edition(number, keys), [*files(number, keys), *more], before)

    def publish(
        self, number: int, keys: Iterable[str] = KEYS, *, more: Iterable[AnyFile] = (), to: Target | None = None
    ) -> Delivery:
        press, record = self.print(number, keys, more), self.record
        self.memory.write_text(json.dumps(announced(press, record)))
        delivery = mirror(press, to or Folder(self.public), record)
        self.memory.write_text(json.dumps(dict(delivery.versions)))
        return delivery

    def standing(self, place: str = "public") -> int:
        """The number of the set that stands there, after all of it was looked at; 0: none."""
        root = self.press if place == "press" else self.public
        pointer = read_press(self.press).pointer_place if place == "press" else root / POINTER
        return read_by(root, pointer.read_bytes()) if pointer.exists() else 0

    def assert_tidy(self) -> None:
        """Nothing is in the press or at the target that no kept set, no fixed name and no series accounts for."""
        press = read_press(self.press)
        of_sets = {path for paths in press.sets for path in paths}
        series = {name for name, each in press.files.items() if not each.in_set}
        assert there(self.press) == of_sets | series | {POINTER, INDEX}
        numbers = {number for path, number in self.record.items() if path.startswith("gen/")}
        assert there(self.public) == {*self.record}
        assert {path for path in there(self.public) if not path.startswith("gen/")} == {*press.files, POINTER}
        assert len(numbers) <= SETS
        assert [folder for root in (self.press, self.public) for folder in empty_folders(root)] == []


def there(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def empty_folders(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_dir() and not any(path.iterdir())]


def edition(number: int, keys: Iterable[str] = KEYS) -> Edition:
    listed = tuple(Listed(key, Entry("1", "twitter", key.partition("/")[2])) for key in keys)
    changes = Changes(number, {KEYS[0]: NOON.date() + number * DAY} if number > 1 else None)
    at = NOON + timedelta(minutes=number)
    return Edition("Department", "UTC", (Unit("1", "Unit"),), listed, (), 7 * DAY, at, NOBODY, changes)


def files(number: int, keys: Iterable[str] = KEYS) -> Iterator[AnyFile]:
    """A set of that number; one of its files never changes, and has a twin."""
    yield File(name="social_data.csv", make=lambda: iter([b"date,count\r\n", b"x,%d\r\n" % number]))
    yield Grown(name="daily.csv", head=b"date,count\r\n", rows=lambda since: days(number, since), changed=day(number))
    yield File(name="latest.json", make=lambda: iter([json.dumps({"counts": [{"count": number}]}).encode()]))
    yield File(name="units.csv", make=lambda: iter([b"the same for ever\r\n"]))
    yield File(name="deep/er/twin.csv", make=lambda: iter([b"the same for ever\r\n"]))
    # So that a name goes back to what it was in a set that is kept.
    yield File(name="odd.csv", make=lambda: iter([b"odd" if (number + 1) // 2 % 2 else b"even"]))
    yield Converted(name="parquet/daily.parquet", source="daily.csv", convert=convert)
    for key in keys:
        yield Grown(
            name=f"series/daily/{key}.csv",
            in_set=False,
            head=b"date,count\r\n",
            rows=lambda since: days(number, since),
            changed=day(number),
        )


def convert(source: Path, to: Path) -> None:
    to.write_bytes(b"in columns\n" + source.read_bytes())


def day(number: int) -> date:
    return NOON.date() + number * DAY


def days(number: int, since: date) -> Iterator[tuple[date, bytes]]:
    return (
        (day(each), b"%s,%d\r\n" % (str(day(each)).encode(), each)) for each in range(number + 1) if day(each) >= since
    )


def read_set(root: Path) -> int:
    """The number of the set at a place, by its pointer."""
    return read_by(root, (root / POINTER).read_bytes())


def read_by(root: Path, pointer: bytes) -> int:
    """The number of the set that a pointer names, after every file of it was read and compared."""
    said = json.loads(pointer)
    contents = {each["headcount:file"]: content_of(root, each) for each in said["resources"]}
    numbers = {
        last_number(contents["social_data.csv"]),
        last_number(contents["daily.csv"]),
        last_number(contents["parquet/daily.parquet"]),
        json.loads(contents["latest.json"])["counts"][0]["count"],
    }
    if len(numbers) > 1:
        raise Torn(f"a mixture: {numbers}")
    return int(numbers.pop())


def content_of(root: Path, resource: Mapping[str, Any]) -> bytes:
    try:
        content = Path(root, resource["path"]).read_bytes()
    except FileNotFoundError:
        raise Torn(f"{resource['path']} is not there") from None
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != resource["hash"] or len(content) != resource["bytes"]:
        raise Torn(f"{resource['path']} is not what the pointer says")
    return content


def last_number(content: bytes) -> int:
    return int(content.removesuffix(b"\r\n").rpartition(b",")[2])


def assert_fixed_names_are_whole(root: Path) -> None:
    """Each name that people know has the whole of one set's file; not all are of the same set meanwhile."""
    for name in ("social_data.csv", "daily.csv", f"series/daily/{KEYS[0]}.csv"):
        content = (root / name).read_bytes()
        if not content.endswith(b"\r\n") or not content.startswith(b"date,count\r\n"):
            raise Torn(name)
        last_number(content)
    json.loads((root / "latest.json").read_bytes())
