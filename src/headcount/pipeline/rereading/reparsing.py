"""Saved replies become readings: what a mended parser reads in them takes its place in the slot that was missed.

A reading that is made so is marked (`reparsed-api`) for ever and bears the time of its reply. It fills a gap, or sharpens
a rounded count; it never takes the place of a count that is as fine, and the readings around it judge it. Where it
contradicts a held reading of the same reply, that one is refused by the rule `reparsed`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from functools import cache

from msgspec import Struct, structs

from headcount.errors import Mistake
from headcount.evidence.exchange import Asked, Exchange
from headcount.evidence.read import evidence
from headcount.model import EPOCH, Miss, Outcome
from headcount.pipeline.collecting.identity import Identities
from headcount.pipeline.house import House
from headcount.pipeline.rereading.filing import MOST, Filer, Reparsed, about
from headcount.pipeline.rereading.reread import reread

PATIENCE = 60.0
"""Seconds that a run of the job is waited for."""


class Scope(Struct, frozen=True):
    """What is read again."""

    since: datetime = EPOCH
    platforms: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    """Keys."""

    def admits(self, exchange: Exchange, asked: Asked) -> bool:
        """Whether an account of an exchange is meant."""
        platforms, accounts = self.platforms or (exchange.platform,), self.accounts or (asked.key,)
        return bool(asked.why) and exchange.platform in platforms and asked.key in accounts


class Reparser:
    """Reads evidence again, exchange by exchange, and keeps what comes of it; `dry` only says what would."""

    def __init__(self, house: House, scope: Scope, *, dry: bool = False) -> None:
        self._house, self._scope = house, scope
        self._filer = Filer(house, dry=dry)
        known = house.store.accounts()
        self._identities = Identities(known, (account.key for _, account in house.people))
        self._pinned = {each.key: each.ids for each in known}
        self._runs = cache(self._find_runs)
        self.damaged: list[str] = []
        """Files that could not be read, each in a sentence."""

    async def everything(self) -> AsyncIterator[Reparsed]:
        """Read all that is meant, the oldest first.

        Raises:
            Locked: where a run of the job goes on for too long.
        """
        for exchange in self._meant():
            asked = [each for each in exchange.accounts if self._scope.admits(exchange, each)]
            for each in await self._reparse(exchange, asked) if asked else ():
                yield each

    def _meant(self) -> Iterator[Exchange]:
        since = self._scope.since
        for found in evidence(self._house.evidence, since.date()):
            if isinstance(found, Mistake):
                self.damaged.append(str(found))
            else:
                yield from (each for each in found.exchanges if each.at >= since)

    async def _reparse(self, exchange: Exchange, asked: Sequence[Asked]) -> list[Reparsed]:
        if not exchange.is_whole:
            return [about(exchange, each, "cut") for each in asked]
        if (exchange.run, exchange.slot) not in self._runs(exchange.job):
            return [about(exchange, each, "unknown") for each in asked]
        outcomes, complaint = await reread(self._house, exchange)
        settled = list(zip(outcomes, map(self._unless_anothers, self._identities.settle(outcomes)), strict=True))
        with self._house.store.lock(exchange.job, PATIENCE):
            return [
                told
                for each in asked
                for told in self._filer.file(
                    exchange, each, [now for then, now in settled if then.account.key == each.key], complaint
                )
            ]

    def _find_runs(self, job: str) -> frozenset[tuple[int, datetime]]:
        return frozenset((run.id, run.slot) for run in self._house.store.runs(job, MOST))

    def _unless_anothers(self, outcome: Outcome) -> Outcome:
        """A reading under another id than the one that is pinned by now is not the account's."""
        said, pinned = outcome.said, self._pinned.get(outcome.account.key, {})
        if isinstance(said, Miss) or all(pinned.get(scheme, found) == found for scheme, found in said.ids.items()):
            return outcome
        return structs.replace(outcome, said=Miss(outcome.account, "renamed_or_reused", "it has another id by now"))
