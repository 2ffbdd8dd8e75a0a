"""Carries letters to their channels: one child process each, all at once, and killed when the time is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import certifi
import msgspec

from headcount.net.message import Http
from headcount.watch.carry.order import NOT_BEGUN, Order, words
from headcount.watch.letter import Letter, Receipt

ENOUGH_TO_ASK = 20.0
"""Seconds within which any machine can load Apprise and have it look at a URL."""

_TO_END = 0.4
"""Seconds that are kept back for ending what is not done."""
_CHILD = (sys.executable, "-P", "-m", "headcount.watch.carry.child")
_PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "TMPDIR", "TZ")
"""All that a child has of our environment, where credentials may stand."""

_UNKNOWN = Receipt(False, "no channel of that name is configured")


class Carriage:
    """Carries letters to channels, whose Apprise URLs are given by name."""

    def __init__(self, urls: Mapping[str, str], http: Http) -> None:
        self._urls, self._http = urls, http

    def __call__(self, letters: Sequence[Letter], seconds: float) -> tuple[Receipt, ...]:
        """A receipt for each letter, in their order, after `seconds` at the latest."""
        piles = {name: [each for each in letters if each.channel == name] for name in self._urls}
        receipts = self._each({name: pile for name, pile in piles.items() if pile}, seconds - _TO_END)
        waiting = {name: iter(some) for name, some in receipts.items()}
        return tuple(next(waiting.get(letter.channel, iter(())), _UNKNOWN) for letter in letters)

    def complaints(self) -> Mapping[str, str]:
        """Of each channel what Apprise does not understand in its URL, or nothing. Nothing is sent."""
        receipts = self._each(dict.fromkeys(self._urls, ()), ENOUGH_TO_ASK)
        return {
            name: some[0].detail if some else "it could not be looked at in time" for name, some in receipts.items()
        }

    def _each(self, piles: Mapping[str, Sequence[Letter]], seconds: float) -> Mapping[str, Sequence[Receipt]]:
        """What became of each channel's letters; no channel waits for another."""
        with ExitStack() as open_while, ThreadPoolExecutor(max(1, len(piles))) as pool:
            environment = _surroundings(self._http, open_while)
            orders = [
                Order(self._urls[name], tuple(pile), seconds, environment, self._http.proxy or "")
                for name, pile in piles.items()
            ]
            return dict(zip(piles, pool.map(_carried, orders), strict=True))


def _carried(order: Order) -> tuple[Receipt, ...]:
    """What became of each letter. Of those whose process was started and then lost, nobody knows it."""
    try:
        child = _started()
    except OSError as error:
        return _for_all(order, Receipt(False, f"no process could be started to send it: {error.strerror}"))
    try:
        said = _said(child, order)
    except OSError as error:
        return _for_all(order, Receipt(False, f"the process that sends it was lost: {error.strerror}", doubtful=True))
    receipts = dict.fromkeys(range(len(order.letters)), NOT_BEGUN)
    receipts.update({word.number: word.receipt for word in words(said)})
    return tuple(receipts.values())


def _for_all(order: Order, receipt: Receipt) -> tuple[Receipt, ...]:
    return tuple(receipt for _ in range(max(1, len(order.letters))))


def _started() -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own module, and nothing of the configuration is in its words
        _CHILD,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _said(child: subprocess.Popen[bytes], order: Order) -> bytes:
    """Whatever a child says within the time; then it is ended, with everything that it started."""
    with child:
        try:
            return child.communicate(msgspec.json.encode(order), timeout=order.seconds)[0]
        except subprocess.TimeoutExpired as late:
            os.killpg(child.pid, signal.SIGKILL)
            return late.output or b""
        except OSError:
            os.killpg(child.pid, signal.SIGKILL)
            raise


def _surroundings(http: Http, open_while: ExitStack) -> dict[str, str]:
    """What the libraries that Apprise sends by are told through their environment."""
    environment = {"NO_PROXY": ",".join(http.no_proxy)} if http.no_proxy else {}
    if http.proxy:
        environment |= {"HTTP_PROXY": http.proxy, "HTTPS_PROXY": http.proxy}
    if http.ca_bundle:
        trusted = _trusted(http.ca_bundle, open_while)
        environment |= {"REQUESTS_CA_BUNDLE": trusted, "SSL_CERT_FILE": trusted}
    return environment


def _trusted(bundle: Path, open_while: ExitStack) -> str:
    """A file of all certificates that are trusted; on a full disk, the bundle alone: somebody must be told of that."""
    try:
        trusted = Path(open_while.enter_context(TemporaryDirectory(prefix="headcount-"))) / "trusted.pem"
        trusted.write_bytes(_certificates(bundle))
    except OSError:
        return str(bundle)
    return str(trusted)


def _certificates(bundle: Path) -> bytes:
    """Those that requests trusts by itself, and those of the bundle."""
    own = sorted(bundle.iterdir()) if bundle.is_dir() else [bundle]
    return b"\n".join(path.read_bytes() for path in (Path(certifi.where()), *own) if path.is_file())
