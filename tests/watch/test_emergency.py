"""When the store itself fails: one letter a day, and one when it is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from headcount.errors import StoreError
from headcount.pipeline.watching.emergency import emergency, is_over
from headcount.watch.letter import Receipt
from tests.watch.station import Station

FULL = StoreError("database or disk is full")


@pytest.fixture
def station(station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return station


def tell(station: Station) -> tuple[Receipt, ...]:
    return emergency(station.premises.settings, station.clock, station.box, FULL, 5.0)


def test_every_channel_is_told_that_the_store_fails_once_a_day(station: Station) -> None:
    for _ in range(49):
        tell(station)
        station.clock.move(3600)
    assert station.titles == ["urgent: the store cannot be used"] * 6
    assert "database or disk is full" in station.letters[0]["text"]
    assert station.letters[0]["text"].splitlines()[-1] == "[headcount emergency.2026-11-20]"


def test_it_is_told_once_that_it_is_over(station: Station) -> None:
    tell(station)
    for _ in range(3):
        station.count()
        station.watch()
    assert station.titles[2:] == ["all clear: the store can be used again"] * 2


def test_nothing_is_over_that_was_not_told(station: Station) -> None:
    assert is_over(station.premises.settings, station.box, 5.0) == ()


def test_where_the_state_folder_cannot_be_written_the_temporary_one_remembers(station: Station) -> None:
    (station.folder / "emergency").mkdir()
    tell(station)
    station.clock.move(3600)
    assert tell(station) == ()
    assert len(station.letters) == 2
