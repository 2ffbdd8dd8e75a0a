"""Where every question is answered: from the shelf where nothing has changed, else from one moment of the store.

A **version** is the mark of the store, the number of the edition, and the time, rounded down to the minute where an answer
says how things are now, else to the hour. The `ETag` of an answer is made of its question and its version alone: whoever
has it already is told so without anything being worked out.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
from msgspec import Struct

from headcount import __version__
from headcount.publish.delivery.headers import FOR_A_MINUTE
from headcount.serve.asking import Grounds
from headcount.serve.document import Body, tagged
from headcount.serve.packing import IDENTITY, PACKERS, SMALLEST
from headcount.serve.route import OfAccount, Route, Table
from headcount.serve.serving import Serving
from headcount.serve.shelf import Workshop
from headcount.serve.stand import Shown
from headcount.store.reader import Reader

GLANCE = 0.25
"""Seconds for which the mark of the store is not looked up again."""

CSV = "text/csv; charset=utf-8; header=present"

_STEPS = {"for a minute": timedelta(minutes=1), "until the store changes": timedelta(hours=1)}


class Version(Struct, frozen=True):
    """As of when an answer is."""

    mark: int
    edition: int
    at: datetime


class Desk:
    """Answers questions."""

    def __init__(self, serving: Serving, reader: Reader, workshop: Workshop) -> None:
        self.serving, self.reader, self.workshop = serving, reader, workshop
        self._mark, self._looked_at = 0, float("-inf")

    async def answer(self, route: Route, question: Struct, shown: Shown) -> Answer:
        """The answer as it stands.

        Raises:
            Problem: where it is about an account that is not in the edition.
        """
        if isinstance(question, OfAccount):
            question = question.about(shown.called(question.key))
        at = rounded(self.serving.clock.now(), _STEPS[route.holds])
        return Answer(self, route, question, shown, Version(await self._newest_mark(), shown.press.number, at))

    async def _newest_mark(self) -> int:
        now = self.serving.clock.monotonic()
        if now - self._looked_at >= GLANCE:
            self._mark = await self.workshop.run(self.reader.mark)
            self._looked_at = now
        return self._mark


def rounded(at: datetime, step: timedelta) -> datetime:
    """A moment, rounded down."""
    return at - (at - datetime.min.replace(tzinfo=UTC)) % step


class Answer:
    """An answer, which is worked out when it is sent."""

    def __init__(self, desk: Desk, route: Route, question: Struct, shown: Shown, version: Version) -> None:
        self._desk, self._route, self._question = desk, route, question
        self._shown, self._version = shown, version

    @property
    def media(self) -> str:
        """Its type."""
        return CSV if self._route.has_csv and getattr(self._question, "format", "") == "csv" else "application/json"

    @property
    def cache_control(self) -> str:
        """How long it may be kept."""
        if self._route.holds == "until the store changes":
            return FOR_A_MINUTE
        left = self._version.at + _STEPS[self._route.holds] - self._desk.serving.clock.now()
        return f"public, max-age={max(0, int(left.total_seconds()))}, must-revalidate"

    def tag(self, encoding: str) -> str:
        """Its `ETag`: of the question and the version."""
        serving = self._desk.serving
        told = repr((__version__, serving.timezone, serving.max_age, self._route.path, self._question, self._version))
        return tagged(hashlib.blake2b(told.encode(), digest_size=16).hexdigest(), encoding)

    async def body(self, encoding: str) -> Body:
        """Its bytes."""
        key, made = (self._route.path, self._question, self._version), self._desk.workshop.made
        plain = await made(key, self._make)
        if encoding == IDENTITY or len(plain) < SMALLEST:
            return Body(plain)
        return Body(await made((*key, encoding), partial(PACKERS[encoding], plain)), encoding)

    def _make(self) -> bytes:
        desk = self._desk
        with desk.reader.moment() as moment:
            made = self._route.make(Grounds(self._shown, moment, self._version.at, desk.serving), self._question)
        return made.content if isinstance(made, Table) else msgspec.json.encode(made)
