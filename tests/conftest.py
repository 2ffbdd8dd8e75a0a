"""What tests share: the folder of recorded replies, which is evidence from outside the project."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def hear_interrupts() -> None:
    """A shell's background jobs, as some CI systems are, are started deaf to Ctrl-C, and so would our processes be."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded replies that HEADCOUNT_RECORDINGS names."""
    folder = os.environ.get("HEADCOUNT_RECORDINGS")
    if not folder:
        pytest.skip("HEADCOUNT_RECORDINGS names no folder: the real platforms' recorded replies are not tested")
    path = Path(folder)
    assert (path / "index.csv").is_file(), f"{path} holds no index.csv"
    return path


@pytest.fixture(scope="session")
def doe(recordings: Path) -> Path:
    """The first user's own files, beside the recordings."""
    return recordings.parent / "doe"
