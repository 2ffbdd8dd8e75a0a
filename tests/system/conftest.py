"""A demo server in a process of its own, for all system tests."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.system.shell import clean


@pytest.fixture(scope="session")
def demo() -> Iterator[dict[str, Any]]:
    """Where it is and what it lets in, as it prints it itself."""
    words = [sys.executable, "-m", "headcount.demo", "--accounts", "20", "--lift-limits"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=clean()) as process:
        assert process.stdout
        yield json.loads(process.stdout.readline())
        process.terminate()
