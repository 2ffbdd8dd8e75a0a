"""Runs an exchange: against the network or a recording, whatever `ask` is.

The source yields requests and outcomes; the driver carries the requests, stamps the outcomes, checks identity against
the pinned ids. What is concluded of whoever is left without a word is `attend`'s.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import datetime

from msgspec import structs

from headcount.clock import Clock
from headcount.errors import Exhausted, NoReply, ShapeChanged
from headcount.model import SIMULATED, Account, Miss, Outcome, Reading
from headcount.net.message import SIMULATED as MARK
from headcount.net.message import Reply, Request
from headcount.platforms.kit.contract import Absent, Options, Refusal, Source, Spoilt

Ask = Callable[[Request], Awaitable[Reply]]
"""Sends one request and brings its reply.

Raises:
    NoReply: where none came. `Exhausted`: where none may be sent.
"""

WHOLE = 200
"""The status of a reply that is what was asked for."""

Said = Outcome | Absent | Spoilt | Refusal


async def exchange(
    source: Source, accounts: Sequence[Account], options: Options, ask: Ask, clock: Clock
) -> AsyncGenerator[Said]:
    """One exchange: what the source says, stamped with the time of the reply it says it from.

    A fault of the network or of a reply's shape ends it with a `Refusal`, for whoever is still unanswered.
    """
    asking = source.ask(accounts, options)
    reply: Reply | None = None
    understood = 0
    try:
        step = next(asking)
        while True:
            if isinstance(step, Request):
                try:
                    reply = await ask(step)
                except NoReply as error:
                    step = asking.throw(error)
                    continue
                if refusal := source.refusal(reply):
                    yield _narrowed(refusal, understood)
                    return
                step = asking.send(reply)
                understood += 1
            else:
                yield _stamped(step, source, reply, clock.now())
                step = next(asking)
    except StopIteration:
        return
    except (ShapeChanged, NoReply, Exhausted) as error:
        yield _narrowed(refused(error), understood)
    finally:
        asking.close()


def _narrowed(refusal: Refusal, understood: int) -> Refusal:
    """A batch that began well is not at fault: it is the question that was asked last."""
    return structs.replace(refusal, scope="question") if understood and refusal.scope == "batch" else refusal


def refused(error: ShapeChanged | NoReply | Exhausted) -> Refusal:
    """What a fault means to whoever is still unanswered."""
    if isinstance(error, Exhausted):
        return Refusal("rate_limited", str(error), scope="credential", again=error.again)
    return Refusal(error.reason if isinstance(error, NoReply) else "shape_changed", str(error))


def _stamped(
    step: Reading | Miss | Absent | Spoilt | Refusal, source: Source, reply: Reply | None, now: datetime
) -> Said:
    """The step as an outcome, where it is one; a reading under another id than the pinned one is not the account's."""
    if not isinstance(step, Reading | Miss):
        return step
    at = reply.at if reply else now
    if isinstance(step, Reading) and reply and reply.status != WHOLE:
        return Spoilt(f"a count in a reply of HTTP {reply.status}")
    if isinstance(step, Reading) and (other := _other_id(step)):
        return Outcome(Miss(step.account, "renamed_or_reused", other), source.name, at)
    return Outcome(step, _provenance(source, reply), at)


def _other_id(reading: Reading) -> str:
    pinned = reading.account.ids
    clashes = [scheme for scheme, found in reading.ids.items() if pinned.get(scheme, found) != found]
    return "; ".join(f"{scheme} id is {reading.ids[scheme]}, was {pinned[scheme]}" for scheme in clashes)


def _provenance(source: Source, reply: Reply | None) -> str:
    """`api`, or `simulated-api`: what the demo server makes up says so in a header, and the mark is kept for ever."""
    return f"{SIMULATED}{source.name}" if reply and MARK in reply.headers else source.name
