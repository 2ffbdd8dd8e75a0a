"""One platform's turn: its sources in order, for the accounts that are still without an outcome."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct, structs

from headcount.clock import Clock
from headcount.collect.attend import Desk, Hear, attend, unheard
from headcount.collect.cost import Estimate, estimate
from headcount.collect.counter import Counter
from headcount.collect.courier import Budget, Courier, Post
from headcount.collect.drive import Ask
from headcount.collect.grant import Pass, Renewing, fingerprint, granted, of_granted
from headcount.collect.heard import Heard
from headcount.collect.kept import Drawer
from headcount.collect.plan import Batch, Office, Ways, batches, ways, why_none
from headcount.collect.recall import Recall, attend_recalling
from headcount.collect.scrub import Scrubber
from headcount.model import HEADLINE, Account, Miss, Outcome
from headcount.net.message import Reply, Request
from headcount.net.pace import Pacer, Shelf
from headcount.platforms.kit.contract import Grant, Refusal, Secrets, Sign, Source


class Refused(Struct, frozen=True):
    """A source would not answer."""

    platform: str
    source: str
    refusal: Refusal


Event = Estimate | Outcome | Refused


class Assignment(Struct, frozen=True):
    """A platform, and the accounts to ask it about."""

    office: Office
    accounts: tuple[Account, ...]


class Means(Struct, frozen=True):
    """What every turn of a run works with."""

    send: Callable[[Request, Mapping[str, str]], Awaitable[Reply]]
    """To the hosts given; raises `NoReply`."""
    shelf: Shelf
    clock: Clock
    until: datetime
    """Nothing is waited for beyond (UTC)."""
    budget: Budget
    drawer: Drawer | None = None
    """Where replies that may still hold are kept; None: nowhere."""
    hear: Hear = unheard
    """Handed what was replied where it may be wanted again; `Outcome`s of it have been told by then."""
    hidden: tuple[Secrets, ...] = ()
    """All that nobody may see, whoever it is for; what is sent together is together."""


class Turn:
    """One platform's turn; `tell` is given every event as it is known."""

    def __init__(self, assignment: Assignment, means: Means, tell: Callable[[Event], None]) -> None:
        self._office, self._means, self._listener = assignment.office, means, tell
        self._scrubber = Scrubber(assignment.office.hidden(assignment.office.secrets))
        self._scrubber.learn_foreign(means.hidden)
        self._left = {account.key: account for account in assignment.accounts}
        self._misses: dict[str, list[Outcome]] = {}
        self._pacers: dict[str, Pacer] = {}

    async def take(self) -> None:
        """Ask until everyone is answered or nobody is left to ask; then say why of each who is not."""
        try:
            for entries in ways(self._office):
                await self._ask(entries)
        finally:
            for pacer in self._pacers.values():
                pacer.close()
        for account in self._left.values():
            self._tell(self._last_word(account))

    def _tell(self, event: Event) -> None:
        """Tell what happened, without the credentials that a server may have echoed."""
        if isinstance(event, Outcome):
            self._listener(self._scrubber.outcome(event))
        elif isinstance(event, Refused):
            self._listener(structs.replace(event, refusal=self._scrubber.refusal(event.refusal)))
        else:
            self._listener(event)

    async def _ask(self, entries: Ways) -> None:
        planned = batches(entries, self._left.values())
        if not planned:
            return
        for each in estimate(self._office.platform.slug, planned, self._office.options):
            self._tell(each)
        self._means.budget.plan(len(planned))
        async with asyncio.TaskGroup() as servers:
            for server in dict.fromkeys(batch.server for batch in planned):
                there = [batch for batch in planned if batch.server == server]
                servers.create_task(self._ask_server(Counter(server), entries, there))

    async def _ask_server(self, counter: Counter, entries: Ways, planned: Sequence[Batch]) -> None:
        """One server of a federated platform may be down, or tired of us, and the next is not; others have but one."""
        await self._open(counter, entries, planned)
        async with asyncio.TaskGroup() as group:
            for batch in planned:
                group.create_task(self._attend(batch, counter))

    async def _open(self, counter: Counter, entries: Ways, planned: Sequence[Batch]) -> None:
        held = await self._pass(entries[0], counter)
        if isinstance(held, Refusal):
            self._tell(Refused(self._office.platform.slug, entries[0].name, held))
            counter.shut = held
            return
        for batch in planned:
            self._pacer(batch.source, counter).expect(1)
        for entry in entries:
            ask = Renewing(self._courier(entry, entry.sign, held, counter), entry, held)
            counter.asks[id(entry)] = ask
            counter.desks[id(entry)] = self._desk(of_granted(entry) if held.is_granted else entry, ask)

    async def _pass(self, source: Source, counter: Counter) -> Pass | Refusal:
        """What the source signs with; some of it may first have to be granted."""
        given = self._office.secrets
        if source.grant is None or source.grant.gives in given:
            return Pass(given)
        ask = self._courier(source, source.grant.sign, Pass(given), counter)
        grant = partial(self._granted, source.grant, ask)
        first = await grant()
        return first if isinstance(first, Refusal) else Pass(first, grant)

    async def _granted(self, grant: Grant, ask: Ask) -> Secrets | Refusal:
        given = await granted(grant, ask, self._office.secrets)
        if not isinstance(given, Refusal):
            self._scrubber.learn(self._office.hidden(given))
        return given

    def _desk(self, source: Source, ask: Ask) -> Desk:
        return Desk(source, self._office.options, ask, self._means.clock, self._remember)

    def _remember(self, heard: Heard) -> None:
        self._means.hear(structs.replace(heard, scrubber=self._scrubber))

    def _attending(self, batch: Batch, counter: Counter) -> AsyncGenerator[Outcome | Refusal]:
        source, drawer = batch.source, self._means.drawer
        if not source.conditional or drawer is None:
            return attend(counter.desks[id(source)], batch.accounts)
        whose = self._pool(source, counter)
        recall = Recall(counter.asks[id(source)], drawer, whose, self._office.hosts, self._means.clock)
        return attend_recalling(recall, self._desk(source, recall), batch.accounts)

    def _courier(self, source: Source, sign: Sign, held: Pass, counter: Counter) -> Courier:
        means = self._means
        post = Post(
            send=lambda request: means.send(request, self._office.hosts),
            shut=lambda: counter.shut,
            budget=means.budget,
            clock=means.clock,
            until=means.until,
        )
        return Courier(source, lambda request: sign(request, held.secrets), self._pacer(source, counter), post)

    def _pacer(self, source: Source, counter: Counter) -> Pacer:
        """The allowance that this source draws on, shared by all that name its pool and use its credential."""
        name = self._pool(source, counter)
        if name not in self._pacers:
            self._pacers[name] = Pacer(name, source.pace, self._means.shelf, self._means.clock, self._means.until)
        return self._pacers[name]

    def _pool(self, source: Source, counter: Counter) -> str:
        """Names the allowance: by its pool, and by the credential without telling it."""
        pool = source.pace.pool or f"{self._office.platform.slug}.{source.name}"
        pool += f"@{counter.server}" if counter.server else ""
        grant = source.grant
        # A token that was granted may be another in each run; what it was granted for is not.
        given, options = self._office.secrets, self._office.options
        lasting = grant.needs if grant and grant.gives not in given else source.needs
        return f"{pool}:{fingerprint(given, (need for need in lasting if need not in options))}"

    async def _attend(self, batch: Batch, counter: Counter) -> None:
        async with counter.places:
            if refusal := counter.shut or self._too_late():
                self._turn_away(batch, refusal)
                return
            refusal = None
            async for said in self._attending(batch, counter):
                if isinstance(said, Refusal):
                    refusal = said
                    self._tell(Refused(self._office.platform.slug, batch.source.name, said))
                else:
                    self._hear(said)
            counter.note(refusal)

    def _too_late(self) -> Refusal | None:
        over = self._means.clock.now() >= self._means.until
        return Refusal("too_slow", "the run's time was over before its turn came") if over else None

    def _turn_away(self, batch: Batch, refusal: Refusal) -> None:
        for account in batch.accounts:
            miss = Miss(account, refusal.reason, refusal.detail, final=False)
            self._hear(Outcome(miss, batch.source.name, self._means.clock.now()))

    def _hear(self, outcome: Outcome) -> None:
        """Tell what is settled; a miss that another source may mend waits for the last word."""
        said = outcome.said
        if isinstance(said, Miss) and not said.final:
            self._misses.setdefault(said.account.key, []).append(outcome)
            return
        if isinstance(said, Miss) or said.metric == HEADLINE:
            self._left.pop(said.account.key, None)
        self._tell(outcome)

    def _last_word(self, account: Account) -> Outcome:
        """One miss for what every source said: the reason of the first, which is the one to mend, and all details."""
        misses = self._misses.get(account.key)
        if not misses:
            reason = why_none(self._office)
            # A credential may be given within the slot, and is then asked with: this miss does not fill it.
            return Outcome(Miss(account, reason, final=reason != "no_credential"), "", self._means.clock.now())
        first = misses[0]
        details = [
            f"{each.source}: {each.said.reason}, {each.said.detail}" for each in misses if isinstance(each.said, Miss)
        ]
        return structs.replace(first, said=structs.replace(first.said, detail="; ".join(details)))
