"""What AWS does, as moto imitates it. It takes any key, and lets any origin read: no use for tests of either."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.buckets.endpoint import Endpoint
from tests.buckets.waiting import PATIENCE, free_ports, wait_for


@contextmanager
def server() -> Iterator[Endpoint]:
    """A server that runs while inside."""
    (port,) = free_ports(1)
    words = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/moto-api/")
        yield Endpoint(f"http://127.0.0.1:{port}", "AKMOTO", "SKMOTO")
    finally:
        process.kill()
        process.wait(PATIENCE)
