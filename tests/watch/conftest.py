"""What tests of watching share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.watch.station import Station


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """An installation that is counted and looked at, hour by hour."""
    here = Station(tmp_path)
    yield here
    here.store.close()
