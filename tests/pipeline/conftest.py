"""What tests of the pipeline share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from headcount.store.open import open_store
from tests.net.conftest import certificates_are_read_once
from tests.pipeline.city import City
from tests.pipeline.hamlet import Hamlet
from tests.pipeline.town import Town

__all__ = ["certificates_are_read_once"]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    here = Town(tmp_path)
    await here.run()
    yield here
    here.store.close()


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    yield City(tmp_path, store)
    store.close()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Hamlet]:
    """Where one account is counted; whose tests need another installation say which."""
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    yield Hamlet(tmp_path, store, "nasa")
    store.close()
