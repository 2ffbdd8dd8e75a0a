"""The platforms' part, by the script: what everybody is told in place of `collect`, which asks for real."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from datetime import datetime

from benchmarks.watching.people import SCHEMES, Person, shown
from benchmarks.watching.trouble import Trouble, flaps
from headcount.collect.turn import Assignment, Event, Means, Refused
from headcount.model import Account, Count, Miss, Outcome, Reading, Reason
from headcount.platforms.kit.contract import Refusal

FAILS: tuple[Reason, str] = "unreachable", "HTTP 503"
"""What is said in the one slot in which an account is out of luck."""
TRANSIENT = 0.01
"""The share of accounts that are, in each slot."""

Unlucky = Callable[[str, datetime], bool]


class Killed(BaseException):
    """The process is no more: nobody may catch this."""


class Script:
    """Answers as the world is at the time; `trouble` is what is wrong with it."""

    def __init__(self, people: Mapping[str, Person], unlucky: Unlucky) -> None:
        self._people, self._unlucky = people, unlucky
        self.trouble = Trouble()

    async def ask(self, assignments: Sequence[Assignment], means: Means) -> AsyncGenerator[list[Event]]:
        """Every account ends with a headline reading or with one miss, as when it is asked for real."""
        for place, assignment in enumerate(assignments):
            if self.trouble.killed and place >= len(assignments) // 2:
                raise Killed
            yield list(self._platform(assignment, means.clock.now()))

    def _platform(self, assignment: Assignment, at: datetime) -> Iterator[Event]:
        """The platform's sources in order, as far as they may be asked."""
        slug = assignment.office.platform.slug
        there, chosen = ("api", "page") if self.trouble.pages else ("api",), assignment.office.chosen
        ways = [way for way in there if chosen is None or way in chosen]
        refusals = {
            way: self.trouble.refusals[f"{slug}.{way}"] for way in ways if f"{slug}.{way}" in self.trouble.refusals
        }
        yield from (Refused(slug, way, refusal) for way, refusal in refusals.items())
        answering = next((way for way in ways if way not in refusals), None)
        for account in assignment.accounts:
            yield self._outcome(account, answering, at) if answering else _refused(account, refusals, at)

    def _outcome(self, account: Account, source: str, at: datetime) -> Outcome:
        if why := self._why_none(account.key, at):
            reason, detail = why
            return Outcome(Miss(account, reason, detail, final=reason not in PASSING), source, at)
        known = self._people[account.key]
        other = self.trouble.ids.get(account.key)
        scheme = SCHEMES[account.platform]
        if other and account.ids.get(scheme, other) != other:
            return Outcome(Miss(account, "renamed_or_reused", f"{scheme} id is {other}, was {known.id}"), source, at)
        handle = self.trouble.handles.get(account.key, known.account.handle)
        reading = Reading(account, "followers", self._count(known, source, at), handle, {scheme: known.id})
        return Outcome(reading, source, at)

    def _why_none(self, key: str, at: datetime) -> tuple[Reason, str] | None:
        if key in self.trouble.misses:
            return self.trouble.misses[key]
        fails = key in self.trouble.flapping and flaps(at)
        return FAILS if fails or self._unlucky(key, at) else None

    def _count(self, known: Person, source: str, at: datetime) -> Count:
        if known.key in self.trouble.shows:
            return self.trouble.shows[known.key](known, at)
        # A page shows three digits of what the API tells exactly.
        return shown(known.heads(at), "rounded") if source == "page" else known.count(at)


PASSING: frozenset[Reason] = frozenset({"unreachable", "too_slow", "blocked", "rate_limited", "shape_changed"})
"""Reasons that the same source may know better about later: they do not fill the slot."""


def _refused(account: Account, refusals: Mapping[str, Refusal], at: datetime) -> Outcome:
    """One miss for what every source said: the reason of the first."""
    (source, first), *_ = refusals.items()
    details = [f"{way}: {refusal.reason}, {refusal.detail}" for way, refusal in refusals.items()]
    return Outcome(Miss(account, first.reason, "; ".join(details), final=False), source, at)
