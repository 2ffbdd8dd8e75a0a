"""Prometheus's own tool, which says whether what we write for it is good."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def promtool(*words: str, told: bytes = b"") -> tuple[int, str]:
    """Run it; its exit status and all that it said. The test is skipped where it is not there, and fails in CI."""
    found = shutil.which("promtool")
    if found is None:
        complaint = "promtool is not here: what we write for Prometheus is not tested"
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    done = subprocess.run([found, *words], input=told, capture_output=True, timeout=60, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()
