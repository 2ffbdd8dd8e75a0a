"""What the tests of publishing share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from headcount.store.open import open_store
from tests.publish.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    opened = open_store(f"sqlite:///{tmp_path / 'headcount.db'}", tmp_path)
    yield Newsroom(opened, tmp_path / "press")
    opened.close()
