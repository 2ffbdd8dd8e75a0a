"""What is kept: whole or not at all, once, within its bounds, and for nobody else's eyes."""

from __future__ import annotations

import gzip
import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from headcount.errors import Mistake
from headcount.evidence.exchange import Exchange, replied
from headcount.evidence.keep import Cabinet
from headcount.evidence.read import Found, evidence, read
from headcount.evidence.tidy import Bounds
from headcount.net.message import Reply
from tests.evidence.cases import HOUR, NOON, exchange

PLENTY = Bounds(days=30, bytes=10**9)


def files(folder: Path, ending: str = "") -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name.endswith(ending))


def used(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in files(folder))


def exchanges(folder: Path) -> list[Exchange]:
    return [each for found in evidence(folder) if isinstance(found, Found) for each in found.exchanges]


@pytest.mark.parametrize("body", [b"", b"<p>plain</p>", "\u2028 İ 1.5万\r\n".encode(), bytes(range(256)), b"\xff" * 9])
def test_every_byte_of_a_body_comes_back(tmp_path: Path, body: bytes) -> None:
    Cabinet(tmp_path, PLENTY).keep(exchange(body), NOON)
    (kept,) = exchanges(tmp_path)
    came = replied(kept.replies[0], NOON)
    assert isinstance(came, Reply)
    assert (came.status, came.body, came.at, came.url) == (200, body, NOON, "https://x.example/nasa")
    assert kept == exchange(body)


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    Cabinet(tmp_path / "evidence", PLENTY).keep(exchange(b"x"), NOON)
    Cabinet(tmp_path / "evidence", PLENTY).keep(exchange(b"x"), NOON)
    assert {path.stat().st_mode & 0o777 for path in files(tmp_path)} == {0o600}
    folders = [tmp_path / "evidence", tmp_path / "evidence/2026-11-20"]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    assert len(files(tmp_path)) == 2


def test_headers_that_are_about_who_asks_are_left_out(tmp_path: Path) -> None:
    kept = exchange(b"x")
    headers = {"set-cookie": "a=b", "authorization": "c", "x-csrf-token": "d", "retry-after": "60", "etag": '"e"'}
    kept = structs.replace(kept, replies=(structs.replace(kept.replies[0], headers=headers),))
    Cabinet(tmp_path, PLENTY).keep(kept, NOON)
    (found,) = exchanges(tmp_path)
    assert found.replies[0].headers == {"retry-after": "60", "etag": '"e"'}


def test_the_same_replies_of_a_day_are_kept_once_with_every_occasion(tmp_path: Path) -> None:
    cabinet = Cabinet(tmp_path, PLENTY)
    wall = b"<html>please sign in</html>" * 1000
    for number in range(200):
        at = NOON + timedelta(minutes=number)
        cabinet.keep(exchange(wall, at, f"name{number}"), at)
    assert len(files(tmp_path, ".json.gz")) == 1
    found = exchanges(tmp_path)
    assert [each.accounts[0].handle for each in found] == [f"name{number}" for number in range(200)]
    assert [each.at for each in found] == [NOON + timedelta(minutes=number) for number in range(200)]
    assert [each.replies[0].url for each in found] == [f"https://x.example/name{number}" for number in range(200)]
    assert used(tmp_path) < 100_000


@pytest.mark.parametrize(
    "other",
    [
        (exchange(b"other"), NOON),
        (exchange(b"x", why="held"), NOON),
        (exchange(b"x", NOON + 13 * HOUR), NOON + 13 * HOUR),
        (structs.replace(exchange(b"x"), source="api"), NOON),
    ],
    ids=["another body", "another cause", "another day", "another source"],
)
def test_another_is_kept_beside_it(tmp_path: Path, other: tuple[Exchange, object]) -> None:
    cabinet = Cabinet(tmp_path, PLENTY)
    cabinet.keep(exchange(b"x"), NOON)
    cabinet.keep(other[0], other[0].at)
    assert len(files(tmp_path, ".json.gz")) == len(files(tmp_path)) == 2


def test_a_thousand_failures_stay_within_the_bound_and_the_newest_are_there(tmp_path: Path) -> None:
    bounds, dice = Bounds(days=30, bytes=1024 * 1024), random.Random(7)
    cabinet, most = Cabinet(tmp_path, bounds), 0
    for number in range(1000):
        at = NOON + timedelta(seconds=number)
        cabinet.keep(exchange(dice.randbytes(8_000), at, f"name{number}"), at)
        if number % 50 == 49:
            most = max(most, used(tmp_path))
    assert 0 < most <= bounds.bytes
    assert exchanges(tmp_path)[-1].accounts[0].handle == "name999"
    assert len(exchanges(tmp_path)) > 50


def test_they_do_not_push_out_what_another_source_said_once(tmp_path: Path) -> None:
    cabinet, dice = Cabinet(tmp_path, Bounds(days=30, bytes=256 * 1024)), random.Random(7)
    rare = [structs.replace(exchange(bytes([number])), source="api") for number in range(5)]
    for each in rare:
        cabinet.keep(each, NOON)
    for number in range(200):
        cabinet.keep(exchange(dice.randbytes(8_000)), NOON + timedelta(seconds=number + 1))
    assert sum(each.source == "api" for each in exchanges(tmp_path)) == len(rare)
    assert used(tmp_path) <= 256 * 1024


def test_without_the_bound_they_would_not(tmp_path: Path) -> None:
    """The positive control."""
    dice = random.Random(7)
    for number in range(150):
        Cabinet(tmp_path, PLENTY).keep(exchange(dice.randbytes(8_000)), NOON + timedelta(seconds=number))
    assert used(tmp_path) > 1024 * 1024


def test_what_is_too_old_goes_with_its_folder(tmp_path: Path) -> None:
    cabinet = Cabinet(tmp_path, Bounds(days=30, bytes=10**9))
    for days in (0, 1, 30, 31):
        at = NOON + timedelta(days=days)
        cabinet.keep(exchange(b"x", at), at)
    cabinet.tidy(NOON + timedelta(days=31))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-11-21", "2026-12-20", "2026-12-21"]


def test_with_no_megabytes_nothing_is_kept_and_what_was_is_removed(tmp_path: Path) -> None:
    Cabinet(tmp_path, PLENTY).keep(exchange(b"x"), NOON)
    none = Cabinet(tmp_path, Bounds(days=30, bytes=0))
    none.keep(exchange(b"y"), NOON)
    none.tidy(NOON)
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from headcount.evidence.keep import Cabinet
from tests.evidence.cases import NOON, exchange
from tests.evidence.test_keep import PLENTY
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Cabinet(Path(sys.argv[1]), PLENTY).keep(exchange(b"x" * 100_000), NOON)
"""


def test_whoever_is_killed_before_the_renaming_leaves_no_torn_file(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == -signal.SIGKILL
    assert len(files(tmp_path)) == 1, "it was written aside"
    assert list(evidence(tmp_path)) == []
    cabinet = Cabinet(tmp_path, PLENTY)
    cabinet.keep(exchange(b"x" * 100_000), NOON)
    assert len(exchanges(tmp_path)) == 1
    cabinet.tidy(NOON + timedelta(days=40))
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-9], lambda _: b"", lambda _: gzip.compress(b"{}"), lambda _: b"x"]
)
def test_a_damaged_file_says_so(tmp_path: Path, damage: object) -> None:
    Cabinet(tmp_path, PLENTY).keep(exchange(b"x" * 500), NOON)
    (file,) = files(tmp_path)
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator] # each is a function of bytes
    with pytest.raises(Mistake, match="no evidence"):
        read(file)
    assert [type(each) for each in evidence(tmp_path)] == [Mistake]


def test_a_torn_line_of_occasions_costs_itself(tmp_path: Path) -> None:
    cabinet = Cabinet(tmp_path, PLENTY)
    for name in ("one", "two"):
        cabinet.keep(exchange(b"x", name=name), NOON)
    (again,) = files(tmp_path, ".again")
    again.write_bytes(again.read_bytes()[:-20])
    cabinet.keep(exchange(b"x", name="three"), NOON)
    assert [each.accounts[0].handle for each in exchanges(tmp_path)] == ["one", "three"]


def test_what_was_cut_off_is_known_as_such(tmp_path: Path) -> None:
    Cabinet(tmp_path, PLENTY).keep(exchange(b"x", cut=True), NOON)
    assert not exchanges(tmp_path)[0].is_whole
    assert exchange(b"x").is_whole


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file stands in the way")
    with pytest.raises(OSError, match="evidence"):
        Cabinet(tmp_path / "evidence", PLENTY).keep(exchange(b"x"), NOON)
