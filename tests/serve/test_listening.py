"""`headcount serve` over real sockets: it serves, survives whoever is slow or rude, and stops when it is told to."""

from __future__ import annotations

import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.origins import ORIGINS_BAD, ORIGINS_GOOD
from tests.serve.process import Served, serve
from tests.serve.village import BASE, INTERNAL, SECRET, Village
from tests.system.shell import headcount

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation of today."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    here = Village(tmp_path_factory.mktemp("served"), now, origins=ORIGINS_GOOD).fill().publish()
    here.store.close()
    return here.folder


@pytest.fixture(scope="module")
def served(installation: Path) -> Iterator[Served]:
    with serve(installation) as server:
        yield server


def test_it_says_where_it_is(served: Served) -> None:
    assert served.url == f"http://127.0.0.1:{served.port}{BASE}/"


@pytest.mark.parametrize(
    "address", [f"{BASE}/", f"{BASE}/daily.csv", f"{BASE}/v1/units", f"{BASE}/v1/openapi.json", "/healthz"]
)
def test_it_answers(served: Served, address: str) -> None:
    answer = served.ask(address)
    assert (answer.status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert answer.headers["Server"] == "headcount"


def test_an_account_is_found_by_its_encoded_key(served: Served) -> None:
    assert served.ask(f"{BASE}/v1/accounts/mastodon/lab%40mastodon.social").status == 200
    assert served.ask(f"{BASE}/v1/accounts/twitter/{INTERNAL}").status == 404


def test_head_says_how_long_the_answer_would_be(served: Served) -> None:
    head, get = served.ask(f"{BASE}/daily.csv", "HEAD"), served.ask(f"{BASE}/daily.csv")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.body))


def test_it_packs_and_it_does_not_repeat_itself(served: Served) -> None:
    packed = served.ask(f"{BASE}/daily.csv", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    again = served.ask(f"{BASE}/daily.csv", Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers.get_all("Vary") == ["Accept-Encoding", "Origin"]


@pytest.mark.parametrize("address", [f"{BASE}/daily.csv", f"{BASE}/v1/units", "/nowhere"])
def test_hostile_origins_get_nothing_and_good_ones_themselves(served: Served, address: str) -> None:
    for method in ("GET", "OPTIONS"):
        for origin in ORIGINS_BAD:
            answer = served.ask(address, method, Origin=origin, Access_Control_Request_Method="GET")
            assert answer.headers["Access-Control-Allow-Origin"] is None, origin
            assert "Origin" in answer.headers.get_all("Vary", [])
        for origin in ORIGINS_GOOD:
            answer = served.ask(address, method, Origin=origin, Access_Control_Request_Method="GET")
            assert answer.headers.get_all("Access-Control-Allow-Origin") == [origin]


@pytest.mark.parametrize(
    ("line", "statuses"),
    [
        (b"GET /%00 HTTP/1.1", {404}),
        (b"GET /%ff%fe HTTP/1.1", {404}),
        (b"GET /\xff\xfe HTTP/1.1", {400}),
        (b"GET /api/social-media/v1/runs?job=\xff HTTP/1.1", {400}),
        (b"GET /api/social-media/v1/runs?job=%ff%00 HTTP/1.1", {400}),
        (b"GET /api/social-media/../../etc/passwd HTTP/1.1", {404}),
        (b"GET /api/social-media/..%2f..%2fheadcount.db HTTP/1.1", {404}),
        (b"GET /api/social-media//etc/passwd HTTP/1.1", {404}),
        (b"GET http://evil.example/etc/passwd HTTP/1.1", {404}),
        (b"GET * HTTP/1.1", {404}),
        (b"OPTIONS * HTTP/1.1", {204}),
        (b"DELETE /api/social-media/daily.csv HTTP/1.1", {405}),
        (b"CONNECT evil.example:443 HTTP/1.1", {400, 405}),
        (b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1", {414, 431}),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1", {414}),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * (1 << 20), {431}),
        (b"nonsense", {400}),
        (b"PRI * HTTP/2.0", {400, 404, 405, 505}),
    ],
    ids=lambda value: value[:60].decode("latin-1") if isinstance(value, bytes) else "",
)  # fmt: skip
def test_whoever_is_rude_is_refused_and_the_next_one_is_served(served: Served, line: bytes, statuses: set[int]) -> None:
    try:
        said = served.say(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    except ConnectionError:
        said = b""
    if said:
        assert int(said.split(b" ", 2)[1]) in statuses
        assert b"Traceback" not in said
    assert served.ask("/healthz").status == 200


def test_a_large_body_is_not_waited_for(served: Served) -> None:
    head = f"GET {BASE}/v1/units HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 104857600\r\n\r\n"
    assert served.say(head.encode() + b"x" * 1000).startswith(b"HTTP/1.1 200")


@contextmanager
def patient(village: Village, seconds: float) -> Iterator[Served]:
    """A server that waits so long for a question."""
    line = [sys.executable, "-m", "tests.serve.patient", str(village.folder), str(seconds)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Served(process.stdout.readline().strip(), process)
        finally:
            process.terminate()
            process.wait(timeout=10)


def cut_off(server: Served, clients: int, within: float) -> int:
    """How many clients that never finish their question are cut off in that time, while others are served."""
    slow = [server.connect() for _ in range(clients)]
    for number, client in enumerate(slow):
        client.sendall([b"", b"GET / HTTP/1.1\r\nX-", b"GET"][number % 3])
    until, open_ = monotonic() + within, set(slow)
    while open_ and monotonic() < until:
        assert server.ask(f"{BASE}/v1/units").status == 200
        ready, _, _ = select.select(list(open_), [], [], 0.2)
        open_ -= {client for client in ready if is_closed(client)}
    for client in slow:
        client.close()
    return clients - len(open_)


def is_closed(client: socket.socket) -> bool:
    try:
        return client.recv(4096) == b""
    except ConnectionError:
        return True


@pytest.mark.long
def test_three_hundred_slow_clients_are_cut_off_within_fifteen_seconds(served: Served) -> None:
    assert cut_off(served, 300, 15) == 300


def test_slow_clients_are_cut_off_while_others_are_served(village: Village) -> None:
    with patient(village, 1.0) as server:
        assert cut_off(server, 20, 10) == 20


def taken(server: Served, address: str, pause: float) -> int:
    """How many bytes are sent to a client that asks, and then takes nothing for so long."""
    with server.connect() as client:
        client.sendall(f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        sleep(pause)
        return sum(map(len, iter(lambda: client.recv(1 << 20), b"")))


@pytest.mark.parametrize(("patience", "whole"), [(0.5, False), (60.0, True)])
def test_whoever_does_not_take_its_answer_is_cut_off(own: Village, patience: float, whole: bool) -> None:
    large = own.folder / "press/series/daily/twitter/energy.csv"
    large.write_bytes(b"x" * 50_000_000)
    with patient(own, patience) as server:
        assert (taken(server, f"{BASE}/series/daily/twitter/energy.csv", 3) > large.stat().st_size) is whole


def test_a_server_that_waits_for_ever_is_caught(village: Village) -> None:
    with patient(village, 600.0) as server:
        assert cut_off(server, 3, 1.5) == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told_to(installation: Path, how: signal.Signals) -> None:
    with serve(installation) as server:
        idle = server.connect()
        assert server.ask("/healthz").status == 200
        assert server.stop(how) == 0
        idle.close()


def test_several_workers_give_the_same_answers(installation: Path) -> None:
    with serve(installation, "--workers", "2") as server:
        tags = {server.ask(f"{BASE}/v1/accounts/twitter/energy/series").headers["ETag"] for _ in range(10)}
        assert len(tags) == 1


def test_a_port_that_is_taken_is_a_sentence(served: Served, installation: Path) -> None:
    ran = headcount(installation, "serve", "--port", str(served.port), environment={"CANARY": SECRET})
    assert ran.status == 3
    assert f"127.0.0.1:{served.port}: Address already in use" in ran.err


def test_where_nothing_was_counted_yet_it_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "headcount.toml").write_text('[organization]\nname = "Nobody"\n')
    ran = headcount(tmp_path, "serve", "--port", "0")
    assert ran.status == 3
    assert "headcount.db" in ran.err
    assert not (tmp_path / "headcount.db").exists()


def test_the_roster_is_not_read(installation: Path) -> None:
    roster = installation / "roster.csv"
    text = roster.read_text()
    roster.write_text("nonsense")
    try:
        with serve(installation) as server:
            assert server.ask(f"{BASE}/v1/units").status == 200
    finally:
        roster.write_text(text)
