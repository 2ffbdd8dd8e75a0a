"""A demo server in a process of its own, for all system tests, and installations that have one of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.system.commanded import Commanded
from tests.system.outpost import Outpost, standing
from tests.system.shell import clean


@pytest.fixture(scope="session")
def demo() -> Iterator[dict[str, Any]]:
    """Where it is and what it lets in, as it prints it itself."""
    words = [sys.executable, "-m", "headcount.demo", "--accounts", "20", "--lift-limits"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=clean()) as process:
        assert process.stdout
        yield json.loads(process.stdout.readline())
        process.terminate()


@pytest.fixture
def outpost(tmp_path: Path) -> Iterator[Outpost]:
    """One that has been well for an hour."""
    with standing(tmp_path, Outpost) as there:
        there.hour()
        yield there


@pytest.fixture
def commanded(tmp_path: Path) -> Iterator[Commanded]:
    """One where nothing was done yet, and all is done by the command line."""
    with standing(tmp_path, Commanded) as there:
        yield there
