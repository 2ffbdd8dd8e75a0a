"""The operator's figures at an address of their own, for Prometheus and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from socket import AF_INET6
from socketserver import ThreadingMixIn
from threading import Lock, Thread
from time import monotonic
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from headcount.errors import StoreError, Unable
from headcount.metrics.everything import Supplies
from headcount.metrics.exposition import Form, form_for
from headcount.serve.figures import FRESH, View, for_the_operator
from headcount.serve.problem import Problem
from headcount.serve.serving import Serving
from headcount.serve.stand import Stand
from headcount.store.reader import Reader

PATH = "/metrics"
PATIENCE = 10
"""Seconds in which a client has to say what it wants, and to take a piece of the answer."""

PLAIN = "text/plain; charset=utf-8"


class Answer(Exception):
    """Something other than the figures is answered."""

    def __init__(self, status: str, text: str) -> None:
        super().__init__(text)
        self.status = status


class Aside:
    """Answers Prometheus in threads of this process, from when it is started until the process ends.

    Raises:
        Unable: where nobody can listen at the address.
    """

    def __init__(self, serving: Serving, supplies: Callable[[], Supplies], host: str, port: int) -> None:
        self._serving, self._supplies = serving, supplies
        self._stand, self._host = Stand(serving.press), host
        self._made: dict[str, tuple[float, bytes]] = {}
        self._making = Lock()
        try:
            self._server = make_server(host, port, self._answer, _Sixth if ":" in host else _Threads, _Quiet)
        except OSError as error:
            raise Unable(
                f"no figures can be served at {host}:{port}: {error.strerror}; name another address as [serve] metrics"
            ) from None

    @property
    def port(self) -> int:
        """Where somebody listens."""
        return self._server.server_port

    @property
    def url(self) -> str:
        """As Prometheus has it."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}{PATH}"

    def start(self) -> None:
        """Answer from now on."""
        Thread(target=self._server.serve_forever, daemon=True, name="metrics").start()

    def stop(self) -> None:
        """Answer nobody any more."""
        self._server.shutdown()
        self._server.server_close()
        self._reader.close()

    @cached_property
    def _reader(self) -> Reader:
        """Opened by whoever asks first: no open database is handed on to the workers."""
        return self._serving.open()

    def _answer(self, asked: WSGIEnvironment, begin: StartResponse) -> Iterable[bytes]:
        try:
            form = _form(asked)
            status, media, body = "200 OK", form.media, self._figures(form)
        except Answer as other:
            status, media, body = other.status, PLAIN, f"{other}\n".encode()
        except (Problem, StoreError) as error:
            status, media, body = "503 Service Unavailable", PLAIN, f"{error}\n".encode()
        begin(status, [("Content-Type", media), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
        return [] if asked["REQUEST_METHOD"] == "HEAD" else [body]

    def _figures(self, form: Form) -> bytes:
        """The figures, made anew where they are old; whoever asks meanwhile waits for them."""
        with self._making:
            at, body = self._made.get(form.media, (float("-inf"), b""))
            if monotonic() - at >= FRESH:
                view = View(self._serving, self._stand.newest(), self._reader)
                body = form.written(for_the_operator(view, self._supplies()))
                self._made[form.media] = monotonic(), body
            return body


def _form(asked: Mapping[str, str]) -> Form:
    if asked["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        raise Answer("405 Method Not Allowed", "nothing can be changed here: ask with GET or HEAD")
    if asked.get("PATH_INFO") != PATH:
        raise Answer("404 Not Found", f"the figures are at {PATH}")
    return form_for(asked.get("HTTP_ACCEPT", ""))


class _Threads(ThreadingMixIn, WSGIServer):
    """A thread a question."""

    daemon_threads = True


class _Sixth(_Threads):
    """The same, for IPv6."""

    address_family = AF_INET6


class _Quiet(WSGIRequestHandler):
    """Writes no line for each question."""

    timeout = PATIENCE

    def log_message(self, *_said: object) -> None:
        """Say nothing."""
