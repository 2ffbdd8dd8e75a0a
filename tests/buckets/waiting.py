"""Ports for servers of the tests, and the moment when one answers."""

from __future__ import annotations

import socket
import time
import urllib.request
from contextlib import ExitStack

PATIENCE = 60.0


def wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(url):
        assert time.monotonic() < deadline, f"{url} did not answer within {PATIENCE:.0f} s"
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def free_ports(number: int) -> list[int]:
    """Ports that were free a moment ago."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
