"""Runs headcount as people do: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct


class Ran(Struct, frozen=True):
    """What a command came to."""

    status: int
    out: str
    err: str


def headcount(folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> Ran:
    """Run a command in `folder`; nothing of the machine's own environment that headcount reads is passed on."""
    return finished(command(*words), folder, environment)


def finished(line: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Ran:
    """What a process came to that was started in `folder`."""
    done = subprocess.run(
        line, cwd=folder, env=clean(environment), capture_output=True, text=True, timeout=300, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """The same, without waiting for it."""
    return subprocess.Popen(
        command(*words), cwd=folder, env=clean(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def command(*words: str) -> Sequence[str]:
    return [sys.executable, "-m", "headcount", *words]


def clean(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    foreign = ("HEADCOUNT", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(foreign)}
    return {**kept, **(environment or {})}
