"""Somebody between us and the server, who tampers with what passes."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from msgspec import Struct

CONDITIONS = ("if-match", "if-none-match")


class Letter(Struct):
    """A request on its way."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Reply(Struct, frozen=True):
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


Deliver = Callable[[Letter], Reply]
Tamper = Callable[[Letter, Deliver], Reply | None]
"""What becomes of a letter: it delivers it or not, and gives back a reply; None: the line is cut without one."""


@contextmanager
def middleman(url: str, tamper: Tamper) -> Iterator[str]:
    """Where to write instead of to `url`."""
    with _Middleman(tamper, _delivery(url)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
    assert server.faults == []


def _delivery(url: str) -> Deliver:
    parts = urlsplit(url)

    def deliver(letter: Letter) -> Reply:
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            line.request(letter.method, letter.path, letter.body, letter.headers)
            answer = line.getresponse()
            return Reply(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            line.close()

    return deliver


class _Middleman(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, tamper: Tamper, deliver: Deliver) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tamper, self.deliver = tamper, deliver
        self.faults: list[BaseException | None] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up is no fault; anything else is one of the test."""
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            self.faults.append(error)


class _Handler(BaseHTTPRequestHandler):
    server: _Middleman
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.tamper(Letter(self.command, self.path, headers, body), self.server.deliver)
        if reply is None:
            self.close_connection = True
        else:
            self._answer(reply)

    def _answer(self, reply: Reply) -> None:
        said = {name.lower(): value for name, value in reply.headers}
        length = said.get("content-length", "0") if self.command == "HEAD" else str(len(reply.body))
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


def forgetful(letter: Letter, deliver: Deliver) -> Reply:
    """Conditions are lost on the way: so some stores behave."""
    for name in CONDITIONS:
        letter.headers.pop(name, None)
    return deliver(letter)


def baffled(letter: Letter, deliver: Deliver) -> Reply:
    """Conditions are not understood."""
    if any(name in letter.headers for name in CONDITIONS):
        return Reply(400, body=b"<Error><Code>NotImplemented</Code></Error>")
    return deliver(letter)
