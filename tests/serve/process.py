"""`headcount serve` as people run it: a process of its own, at a real socket."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from tests.system.shell import clean, command


class Answer(Struct, frozen=True):
    """What a server said."""

    status: int
    headers: Message
    body: bytes


class Served(Struct, frozen=True):
    """A server that runs."""

    url: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    def ask(self, address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            named = {name.replace("_", "-"): value.encode() for name, value in headers.items()}
            connection.request(method, address, body, named)
            said = connection.getresponse()
            return Answer(said.status, said.headers, said.read())

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def say(self, text: bytes) -> bytes:
        """What is answered to these very bytes, until the connection is closed."""
        with self.connect() as connection:
            connection.sendall(text)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=10)


@contextmanager
def serve(folder: Path, *words: str) -> Iterator[Served]:
    """An installation, served."""
    line = command("serve", "--port", "0", *words)
    environment = clean({"CANARY": "s3cr3t-canary-token"})
    with subprocess.Popen(line, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Served(process.stdout.readline().strip(), process)
        finally:
            process.terminate()
            process.wait(timeout=10)
