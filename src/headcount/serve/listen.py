"""Serves an installation at an address, until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from threading import Thread
from time import monotonic, sleep

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from msgspec import Struct

from headcount.errors import Unable
from headcount.serve.asgi import App
from headcount.serve.serving import Serving

LARGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers."""

LAST_WORDS = 2
"""Seconds that answers under way have left when the server is told to stop."""

PAUSE, LONGEST_START = 0.05, 60.0
"""Seconds between two looks whether it is up, and until nobody looks any more."""


class Address(Struct, frozen=True):
    """Where it is served, by how many, and how patiently."""

    host: str = "127.0.0.1"
    port: int = 8000
    """0: any that is free."""
    workers: int = 1
    patience: float = 10.0
    """Seconds in which a client has to say what it wants."""

    @property
    def url(self) -> str:
        """As a browser has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def free(address: Address) -> Address:
    """The address with a port that nobody listens at.

    Raises:
        Unable: where the port is taken, or the host is none of this machine's.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
            port = trial.getsockname()[1]
    except OSError as error:
        raise Unable(
            f"nothing can be served at {address.url}: {error.strerror}; choose another with --host and --port"
        ) from None
    return Address(address.host, port, address.workers, address.patience)


def listen(serving: Serving, address: Address, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is called when connections are accepted.

    Only HTTP/1.1: with HTTP/2 let in, a client that says nothing would be waited for without end.
    """
    server = Server(
        "headcount",
        address=address.host,
        port=address.port,
        interface=Interfaces.ASGI,
        workers=address.workers,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=round(address.patience * 1000), max_buffer_size=LARGEST_HEAD),
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=LAST_WORDS,
        respawn_failed_workers=True,
    )
    server.on_startup(lambda: Thread(target=_say_when_ready, args=(address, ready), daemon=True).start())
    server.serve(target_loader=partial(_load, serving), wrap_loader=False)


def _say_when_ready(address: Address, ready: Callable[[], None]) -> None:
    """The workers begin to listen when they are up; nobody says when that is."""
    until = monotonic() + LONGEST_START
    while monotonic() < until:
        try:
            socket.create_connection((address.host, address.port), timeout=1).close()
        except OSError:
            sleep(PAUSE)
        else:
            ready()
            return


def _load(serving: Serving) -> App:
    from headcount.serve.app import application  # noqa: PLC0415 - only the workers, which begin here, need it

    return application(serving)
