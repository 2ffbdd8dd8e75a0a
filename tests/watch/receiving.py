"""Who is written to, on loopback: a webhook with every bad manner, a mail server, a hole, and a canary."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Webhook:
    """Does what the first word of the path says: a status, `hang`, `drip`, `cut`, or `to/PORT`: go elsewhere."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.heads: list[str] = []
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def end(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.heads.append(f"{self.requestline}\n{self.headers}")
                hook.bodies.append(self.rfile.read(int(self.headers["content-length"])))
                manner, _, rest = self.path.strip("/").partition("?")[0].partition("/")
                hook.manners().get(manner, _answer)(self, manner, rest)

            do_GET = do_POST  # noqa: N815 - the name that http.server calls

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def manners(self) -> dict[str, Callable[[BaseHTTPRequestHandler, str, str], None]]:
        return {"hang": self._hang, "drip": self._drip, "cut": _cut, "to": _onward}

    def _hang(self, _: BaseHTTPRequestHandler, __: str, ___: str) -> None:
        self.over.wait(60)

    def _drip(self, handler: BaseHTTPRequestHandler, _: str, __: str) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not self.over.wait(0.05):
            try:
                handler.wfile.write(b".")
            except OSError:
                return


def _answer(handler: BaseHTTPRequestHandler, manner: str, _: str) -> None:
    handler.send_response(int(manner))
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _cut(handler: BaseHTTPRequestHandler, _: str, __: str) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def _onward(handler: BaseHTTPRequestHandler, _: str, rest: str) -> None:
    handler.send_response(307)
    handler.send_header("Location", f"http://{rest}/inside")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@contextmanager
def webhook() -> Iterator[Webhook]:
    hook = Webhook()
    try:
        yield hook
    finally:
        hook.end()


class Mailbox:
    """What came by mail."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.refusing = False

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusing:
            return "550 5.7.1 no mail of yours"
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"


@contextmanager
def mail() -> Iterator[tuple[Mailbox, int]]:
    """A mail server, and its port."""
    box = Mailbox()
    with listening() as spare:
        port: int = spare.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield box, port
    finally:
        server.stop()


@contextmanager
def listening(host: str = "127.0.0.1") -> Iterator[socket.socket]:
    """Whoever connects is kept waiting: a hole, and a canary that tells by `reached` that somebody came."""
    with socket.create_server((host, 0)) as listener:
        yield listener


def reached(listener: socket.socket) -> bool:
    return bool(select.select([listener], [], [], 0)[0])


def port_of(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port
