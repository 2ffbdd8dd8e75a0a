"""A real browser, pages on two origins, and an installation that only one of them may read."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
LIBRARIES = {"d3-v3.js": "d3-v3/d3.min.js", "d3-v4.js": "d3-v4/build/d3.min.js"}


def missing(what: str) -> None:
    """A part that cannot be tested here is skipped; where nothing may be skipped, it is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window; no longer than it is needed, for meanwhile no other test can have an event loop."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing("no Chromium here: what pages see is not tested")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def origin(folder: Path) -> Iterator[str]:
    """A web server of its own for a folder; its origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the page and the two versions of the chart library that the first user's pages load."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copy(HERE / "page.html", folder)
    for name, path in LIBRARIES.items():
        if not (HERE / "node_modules" / path).is_file():
            missing("no d3 here (`make test` fetches it with npm): what the first user's pages see is not tested")
        shutil.copy(HERE / "node_modules" / path, folder / name)
    return folder


@pytest.fixture(scope="session")
def friend(pages: Path) -> Iterator[str]:
    """The origin that may read."""
    with origin(pages) as url:
        yield url


@pytest.fixture(scope="session")
def stranger(pages: Path) -> Iterator[str]:
    """An origin that may not."""
    with origin(pages) as url:
        yield url
