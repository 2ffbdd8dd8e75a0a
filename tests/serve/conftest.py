"""What tests of the API share: an installation that is published, and somebody who asks it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from headcount.serve.app import application
from headcount.serve.asgi import App
from tests.serve.village import Village


def asking(village: Village) -> httpx.AsyncClient:
    """Somebody who asks an installation, without a network between them."""
    return asking_app(application(village.serving()))


def asking_app(app: App) -> httpx.AsyncClient:
    """Somebody who asks an application."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    """For tests that change nothing: it is published, and its store is closed."""
    here = Village(tmp_path_factory.mktemp("village")).fill().publish()
    here.store.close()
    return here


@pytest.fixture(scope="session")
def app(village: Village) -> App:
    return application(village.serving())


@pytest.fixture
async def client(app: App) -> AsyncIterator[httpx.AsyncClient]:
    async with asking_app(app) as client:
        yield client


@pytest.fixture
def own(village: Village, tmp_path: Path) -> Iterator[Village]:
    """A copy of it that a test may change."""
    shutil.copytree(village.folder, tmp_path / "own")
    here = Village(tmp_path / "own")
    yield here
    here.store.close()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Village]:
    """An installation that has counted and published nothing."""
    here = Village(tmp_path / "bare")
    yield here
    here.store.close()
