"""`python -m headcount.watch.carry.child`: sends the letters of one channel, and says of each what became of it.

It is a process of its own, because Apprise's plugins and the libraries below them are many, and any of them could hang:
a process can be ended at any time. What it is told comes in by the standard input; what it says goes out a line a word.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from headcount.net.guard import forbidden
from headcount.watch.carry.guard import Guard, nameable, plain
from headcount.watch.carry.order import UNANSWERED, Order, Word, line
from headcount.watch.carry.reason import Heard, failure, misunderstood
from headcount.watch.carry.service import Service, understood
from headcount.watch.letter import Receipt

_DOTTED = re.compile(r"[0-9]+(\.[0-9]+){3}")


def main() -> None:
    """Do what is ordered. A thread of a plugin that hangs keeps nothing from ending."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    out = os.dup(1)
    os.dup2(2, 1)  # whatever a plugin prints is no word of ours
    os.environ.update(order.environment)
    guard, heard = Guard(), _listening()
    sys.addaudithook(guard)
    for word in carry(order, guard, heard):
        os.write(out, line(word))
    os._exit(0)


def carry(order: Order, guard: Guard, heard: Heard) -> Iterator[Word]:
    """Send letter after letter; where there are none, say whether they could be sent."""
    service = understood(order.url, order.seconds)
    hosts = [*service.hosts(), *_proxy(order.proxy)] if service else []
    for host, ports in hosts:
        guard.name(host, ports)
    if service is None:
        yield from _for_all(order, misunderstood(heard.take(), order.url))
    elif nowhere := [host for host, _ in hosts if never(host)]:
        yield from _for_all(order, Receipt(False, f"{nowhere[0]} is not an address that a channel may lead to"))
    elif not order.letters:
        yield Word(0, Receipt(True))
    else:
        yield from _letters(order, service, guard, heard)


def _letters(order: Order, service: Service, guard: Guard, heard: Heard) -> Iterator[Word]:
    for number, letter in enumerate(order.letters):
        yield Word(number, UNANSWERED)
        heard.take()
        sent = bool(service.send(letter))
        yield Word(number, Receipt(True) if sent else failure(heard.take(), guard.take(), order.url))


def _for_all(order: Order, receipt: Receipt) -> Iterator[Word]:
    return (Word(number, receipt) for number in range(max(1, len(order.letters))))


def never(host: str) -> bool:
    """Whether a host is an address that nobody may name: behind a proxy, no connection of ours would show it."""
    where = plain(host)
    is_address = ":" in where or _DOTTED.fullmatch(where)
    return bool(is_address) and forbidden(where) and not nameable(where)


def _proxy(url: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    parts = urlsplit(url)
    if parts.hostname:
        yield parts.hostname, (parts.port or (443 if parts.scheme == "https" else 80),)


def _listening() -> Heard:
    """Hear what Apprise logs; nobody else does."""
    heard = Heard()
    log = logging.getLogger("apprise")
    log.addHandler(heard)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    return heard


if __name__ == "__main__":
    main()
