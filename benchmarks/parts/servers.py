"""Servers as processes of their own, on loopback, and what CPU they spend."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

PATIENCE = 30.0
"""Seconds in which a server has to answer."""

NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    open_file_cache max=100;
    default_type application/json;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        add_header Content-Encoding br;
        add_header Cache-Control "public, max-age=60";
    }}
}}
"""


class Server(Struct, frozen=True):
    """A server that is up."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds that it has spent so far, with all its workers and threads."""
        return sum(map(_spent, _family(self.pid)))


@contextmanager
def headcount_server(config: Path) -> Iterator[Server]:
    """`headcount serve`."""
    port = _free_port()
    program = [sys.executable, "-m", "headcount", "--config", str(config), "serve", "--port", str(port)]
    with _running(program, port) as server:
        yield server


@contextmanager
def rows_server(store: Path) -> Iterator[Server]:
    """The rival."""
    port = _free_port()
    with _running([sys.executable, "-m", "benchmarks.parts.rows_server", str(store), str(port)], port) as server:
        yield server


@contextmanager
def nginx(folder: Path) -> Iterator[Server | None]:
    """nginx, with whatever lies in `files` of its folder; None where there is none."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    (folder / "files").mkdir(parents=True)
    if program is None:
        print("nginx is not here: nothing is compared with it")
        yield None
        return
    port = _free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    with _running(
        [program, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"], port
    ) as server:
        yield server


@contextmanager
def _running(program: list[str], port: int) -> Iterator[Server]:
    with subprocess.Popen(program, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(process, port)
            yield Server(port, process.pid)
        finally:
            process.terminate()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, f"{process.args!r} has ended"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"{process.args!r} does not answer")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _spent(pid: int) -> float:
    """By the scheduler, which counts nanoseconds; `stat` has hundredths of a second."""
    return sum(int(each.read_text().split()[0]) for each in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
