"""Letters leave the house: to whom they should, in time, and nobody learns a secret by it."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from headcount.net.message import Http
from headcount.watch.carry.carrier import Carriage
from headcount.watch.carry.order import UNANSWERED, Word, line
from headcount.watch.letter import Letter, Receipt
from tests.net.certificates import Authority
from tests.net.hostile import reply, says, serving
from tests.net.proxying import proxying
from tests.watch.receiving import Mailbox, Webhook, listening, mail, port_of, reached, webhook

ENOUGH = 9.0
"""Seconds: what a run gives, less a little."""
CANARY = "CANARYcanary0123456789"
DIRECT = Http()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as here:
        yield here


@pytest.fixture
def post() -> Iterator[tuple[Mailbox, int]]:
    with mail() as here:
        yield here


def letter(channel: str, text: str = "It is so.", **more: object) -> Letter:
    return Letter(channel, "Something is the matter", text, "urgent", **more)  # type: ignore[arg-type] # html, pictures


def carried(
    urls: dict[str, str], *letters: Letter, seconds: float = ENOUGH, http: Http = DIRECT
) -> tuple[Receipt, ...]:
    return Carriage(urls, http)(letters or tuple(map(letter, urls)), seconds)


def by_mail(port: int, more: str = "") -> str:
    return f"mailto://127.0.0.1:{port}?mode=insecure&from=headcount@example.gov&to=staff@example.gov{more}"


def test_a_letter_arrives_with_its_title_its_text_and_how_severe_it_is(hook: Webhook) -> None:
    url = f"json://localhost:{hook.port}/200"
    assert carried({"chat": url}, letter("chat", "A & <b>"), letter("chat", "again")) == (Receipt(True), Receipt(True))
    first, second = map(json.loads, hook.bodies)
    assert (first["title"], first["message"], first["type"]) == ("Something is the matter", "A & <b>", "failure")
    assert second["message"] == "again"


def test_an_all_clear_looks_like_one(hook: Webhook) -> None:
    url = f"json://localhost:{hook.port}/200"
    carried({"chat": url}, structs.replace(letter("chat"), tone="over"))
    assert json.loads(hook.bodies[0])["type"] == "success"


def test_mail_is_plain_where_the_letter_is(post: tuple[Mailbox, int]) -> None:
    box, port = post
    assert carried({"mail": by_mail(port)}) == (Receipt(True),)
    assert box.letters[0]["subject"] == "Something is the matter"
    assert box.letters[0]["to"] == "staff@example.gov"
    assert [part.get_content_type() for part in box.letters[0].walk()] == ["text/plain"]


def test_mail_is_a_page_with_its_pictures_inside_where_the_letter_is_one(post: tuple[Mailbox, int]) -> None:
    box, port = post
    page = '<p>Growth: <img src="cid:growth.png"></p>'
    assert carried({"mail": by_mail(port)}, letter("mail", html=page, pictures={"growth.png": PNG})) == (Receipt(True),)
    parts = {part.get_content_type(): part for part in box.letters[0].walk()}
    assert list(parts) == ["multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"]
    assert parts["text/html"].get_payload(decode=True) == page.encode()
    assert parts["text/plain"].get_payload(decode=True) == b"It is so.", (
        "what was written, not what the page would make"
    )
    assert parts["image/png"]["content-id"] == "<growth.png>"
    assert parts["image/png"]["content-disposition"] == 'inline; filename="growth.png"'
    assert parts["image/png"].get_payload(decode=True) == PNG


def test_elsewhere_a_page_is_told_in_its_words(hook: Webhook) -> None:
    url = f"json://127.0.0.1:{hook.port}/200"
    carried({"chat": url}, letter("chat", "In words.", html="<p>A page</p>", pictures={"growth.png": PNG}))
    assert json.loads(hook.bodies[0])["message"] == "In words."
    assert json.loads(hook.bodies[0])["attachments"] == []


def test_each_letter_has_the_receipt_of_its_own_channel_whatever_becomes_of_the_others(hook: Webhook) -> None:
    with listening() as hole:
        urls = {
            "hole": f"json://127.0.0.1:{port_of(hole)}/?rto=0.5",
            "well": f"json://127.0.0.1:{hook.port}/200",
            "broken": f"json://127.0.0.1:{hook.port}/500",
        }
        letters = [letter(name) for name in ("hole", "well", "gone", "broken", "well")]
        receipts = carried(urls, *letters)
    assert [each.sent for each in receipts] == [False, True, False, False, True]
    assert receipts[2].detail == "no channel of that name is configured"


FAILURES = [
    ("500", "it answered 500 Internal Server Error", False),
    ("429", "it answered 429 Too Many Requests", False),
    ("to/127.0.0.1:9", "it answered 307 Temporary Redirect: write the URL that it leads to", False),
    ("hang", "it was not answered in time", True),
    ("drip", "it was not answered in time", True),
    ("cut", "the connection broke before it was answered", True),
]


def test_a_failure_is_told_with_its_reason_and_whether_the_letter_may_have_arrived(hook: Webhook) -> None:
    urls = {manner: f"json://127.0.0.1:{hook.port}/{manner}" for manner, _, _ in FAILURES}
    with listening() as hole:
        *receipts, by_post = carried({**urls, "mail": by_mail(port_of(hole))}, seconds=5.0)
    assert receipts == [Receipt(False, why, doubtful) for _, why, doubtful in FAILURES]
    assert by_post == Receipt(False, "it was not answered in time", doubtful=True)


def test_what_cannot_be_connected_to_did_certainly_not_arrive(post: tuple[Mailbox, int]) -> None:
    with listening() as closed:
        dead = port_of(closed)
    post[0].refusing = True
    urls = {
        "port": f"json://127.0.0.1:{dead}/",
        "mail": by_mail(dead),
        "name": "json://nowhere.invalid/",
        "refused": by_mail(post[1]),
    }
    assert carried(urls) == (
        Receipt(False, "nobody listens there (connection refused)"),
        Receipt(False, "nobody listens there (connection refused)"),
        Receipt(False, "its host has no address: is the name right, and does DNS work here?"),
        Receipt(False, "the mail server answered 550 5.7.1 no mail of yours"),
    )


def test_what_hangs_for_ever_is_ended_and_no_process_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_child(tmp_path, monkeypatch, "import os, time, pathlib",
                 f"pathlib.Path({str(tmp_path)!r}, 'pid').write_text(str(os.getpid()))", "time.sleep(600)")  # fmt: skip
    assert carried({"chat": "json://127.0.0.1:9"}, seconds=2.0) == (Receipt(False, "there was no time left for it"),)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_whoever_dies_on_the_way_leaves_a_doubt(hook: Webhook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_child(tmp_path, monkeypatch, "import os, apprise.plugins.base as base",
                 "base.NotifyBase.notify = lambda *_, **__: os._exit(9)")  # fmt: skip
    receipts = carried({"chat": f"json://127.0.0.1:{hook.port}/200"}, letter("chat"), letter("chat"))
    assert receipts[0] == Receipt(False, "it was not answered in time", doubtful=True)
    assert receipts[1] == Receipt(False, "there was no time left for it")


NOWHERE = {
    "nonsense://x": "Apprise does not understand its URL",
    f"slack://{CANARY}": "Apprise does not understand its URL",
    "json://169.254.169.254/latest": "169.254.169.254 is not an address that a channel may lead to",
    "json://[fd00:ec2::254]": "fd00:ec2::254 is not an address that a channel may lead to",
    "json://[::ffff:169.254.169.254]": "::ffff:169.254.169.254 is not an address that a channel may lead to",
    "mailto://a:b@example.gov?smtp=169.254.169.254": "169.254.169.254 is not an address that a channel may lead to",
    "json://0.0.0.0:80": "0.0.0.0 is not an address that a channel may lead to",
}


def test_a_url_that_leads_nowhere_is_complained_of_and_nothing_is_sent() -> None:
    carriage = Carriage({url: url for url in (*NOWHERE, "json://127.0.0.1:9")}, Http())
    complaints = dict(carriage.complaints())
    assert complaints.pop("json://127.0.0.1:9") == ""
    assert {url: why for url, why in NOWHERE.items() if not complaints[url].startswith(why)} == {}
    assert not any(CANARY in complaint for complaint in complaints.values())
    assert carriage(list(map(letter, NOWHERE)), ENOUGH) == tuple(Receipt(False, complaints[url]) for url in NOWHERE)


def in_the_child(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Have a child begin with these lines."""
    (folder / "sitecustomize.py").write_text("\n".join([*lines, ""]))
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_a_redirect_reaches_no_other_port_of_ours_even_where_redirects_are_followed(hook: Webhook) -> None:
    with listening() as canary:
        url = f"json://127.0.0.1:{hook.port}/to/127.0.0.1:{port_of(canary)}?redirect=yes"
        (receipt,) = carried({"chat": url})
        assert not reached(canary)
    assert receipt.detail == "it leads to 127.0.0.1, and no channel may, unless its own URL names that host"
    assert len(hook.bodies) == 1


def test_the_canary_is_reached_where_the_guard_is_off(
    hook: Webhook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control of the test above."""
    in_the_child(
        tmp_path, monkeypatch, "from headcount.watch.carry.guard import Guard", "Guard._look = lambda *_: None"
    )
    with listening() as canary:
        carried({"chat": f"json://127.0.0.1:{hook.port}/to/127.0.0.1:{port_of(canary)}?redirect=yes&rto=0.2"})
        assert reached(canary)


def test_what_another_name_means_is_not_reached(hook: Webhook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of somebody else's, which their DNS has point to us."""
    in_the_child(tmp_path, monkeypatch, "import socket", "known = socket.getaddrinfo",
                 "socket.getaddrinfo = lambda host, *more, **named: "
                 "known('127.0.0.1' if host == 'rebound.example' else host, *more, **named)")  # fmt: skip
    with listening() as canary:
        url = f"json://127.0.0.1:{hook.port}/to/rebound.example:{port_of(canary)}?redirect=yes"
        (receipt,) = carried({"chat": url})
        assert not reached(canary)
    assert receipt.detail.startswith("it leads to 127.0.0.1")


async def test_webhooks_go_through_the_proxy_and_past_it_where_that_is_said(hook: Webhook) -> None:
    url = f"json://hooks.example:{hook.port}/200"
    async with proxying({"hooks.example": ("127.0.0.1", hook.port)}) as proxy:
        http = Http(proxy=f"http://127.0.0.1:{proxy.port}", no_proxy=("127.0.0.1",))
        assert await carried_beside({"out": url, "in": f"json://127.0.0.1:{hook.port}/200"}, http) == [True, True]
        assert len(proxy.heads) == 1
    assert len(hook.bodies) == 2


async def carried_beside(urls: dict[str, str], http: Http) -> list[bool]:
    """Carry in a thread: the proxy is served by the loop."""
    return [each.sent for each in await asyncio.to_thread(carried, urls, http=http)]


async def test_who_opens_tls_on_the_way_is_trusted_where_their_certificate_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl command: TLS is not tested")
    (tmp_path / "room").mkdir()
    authority = Authority(tmp_path / "room")
    async with serving(says(reply(b"taken")), tls=authority.server("DNS:localhost")) as server:
        urls = {"chat": f"jsons://localhost:{server.port}/"}
        with_it = await asyncio.to_thread(carried, urls, http=Http(ca_bundle=authority.bundle))
        without = await asyncio.to_thread(carried, urls)
        monkeypatch.setattr("headcount.watch.carry.carrier.TemporaryDirectory", no_room)
        on_a_full_disk = await asyncio.to_thread(carried, urls, http=Http(ca_bundle=authority.bundle))
    assert with_it == on_a_full_disk == (Receipt(True),)
    assert without[0].detail.startswith("its certificate is not trusted")


def no_room(**_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_no_secret_is_seen_from_outside(
    hook: Webhook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither in the words of the process, nor in its environment, nor in what is said of a failure."""
    monkeypatch.setenv("HEADCOUNT_NOTIFY", CANARY)
    in_the_child(tmp_path, monkeypatch, "import pathlib, os",
                 f"seen = pathlib.Path({str(tmp_path)!r}, f'seen.{{os.getpid()}}')",
                 "seen.write_bytes(b''.join(pathlib.Path('/proc/self', each).read_bytes() for each in ('cmdline', 'environ')))")  # fmt: skip
    urls = {
        "500": f"json://me:{CANARY}@127.0.0.1:{hook.port}/500/{CANARY}?+X-Key={CANARY}",
        "cut": f"json://me:{CANARY}@127.0.0.1:{hook.port}/cut/{CANARY}",
        "dead": f"json://{CANARY}:{CANARY}@127.0.0.1:9/{CANARY}",
        "odd": f"nonsense://{CANARY}/{CANARY}",
        "short": f"slack://{CANARY}/{CANARY}",
        "token": f"ntfy://{CANARY}@nowhere.invalid/{CANARY}",
    }
    receipts = carried(urls)
    assert not any(receipt.sent for receipt in receipts)
    assert CANARY.encode() in b"".join(hook.bodies) + "".join(hook.heads).encode()
    outside = [each.detail.encode() for each in receipts] + [each.read_bytes() for each in tmp_path.glob("seen.*")]
    assert len(outside) == 2 * len(urls)
    assert b"headcount.watch.carry.child" in outside[-1]
    said = capfd.readouterr()
    assert not [each for each in (*outside, said.out.encode(), said.err.encode()) if CANARY.encode() in each]


def test_a_child_that_cannot_be_started_costs_a_receipt_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.watch.carry.carrier._CHILD", ("/nowhere/python",))
    assert carried({"chat": "json://127.0.0.1:9"}) == (
        Receipt(False, "no process could be started to send it: No such file or directory"),
    )


def test_a_letter_whose_process_is_lost_on_the_way_may_have_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the child's words come from, there is suddenly a folder: the machine refuses to read it."""

    class Lost(subprocess.Popen[bytes]):
        def communicate(self, input: bytes | None = None, timeout: float | None = None) -> tuple[bytes, bytes]:  # noqa: A002 - as it is called
            assert self.stdout
            os.dup2(os.open("/", os.O_RDONLY), self.stdout.fileno())
            return super().communicate(input, timeout)

    monkeypatch.setattr("headcount.watch.carry.carrier.subprocess.Popen", Lost)
    lost = Receipt(False, "the process that sends it was lost: Is a directory", doubtful=True)
    with listening() as hole:
        url = f"json://127.0.0.1:{port_of(hole)}"
        assert carried({"chat": url}, letter("chat"), letter("chat")) == (lost, lost)


CHILDREN = {
    "that hears nothing and ends": ("pass", False),
    "that hears nothing, and says that a letter sets out": ("import os; os.close(0); os.write(1, line)", True),
}


@pytest.mark.parametrize("child", CHILDREN)
def test_a_pipe_that_breaks_is_as_doubtful_as_what_was_said_before(monkeypatch: pytest.MonkeyPatch, child: str) -> None:
    """The letter is longer than any pipe is wide."""
    code, is_doubtful = CHILDREN[child]
    said = f"line = {line(Word(0, UNANSWERED))!r}; {code}"
    monkeypatch.setattr("headcount.watch.carry.carrier._CHILD", (sys.executable, "-c", said))
    (receipt,) = carried({"chat": "json://127.0.0.1:9"}, letter("chat", "x" * 2_000_000))
    assert (receipt.sent, receipt.doubtful) == (False, is_doubtful)


def test_every_url_that_the_how_to_shows_is_understood() -> None:
    page = Path(__file__).parent.parent.parent / "docs/how-to/be-told.md"
    urls = re.findall(r"\| `([a-z]+://[^`]+)`", page.read_text(encoding="utf-8"))
    assert len(urls) >= 5
    assert set(Carriage({url: url for url in urls}, DIRECT).complaints().values()) == {""}
