"""Has today's parsers read what was replied then. Nothing is sent, and nothing is stored."""

from __future__ import annotations

from collections.abc import AsyncIterator

from msgspec import structs

from headcount.collect.drive import Said, exchange
from headcount.collect.plan import Ways, batches
from headcount.evidence.exchange import Exchange, replied
from headcount.model import Outcome, Reading, read_later
from headcount.net.record import Playback
from headcount.pipeline.house import Premises
from headcount.pipeline.offices import office
from headcount.platforms import slugs
from headcount.platforms.kit.contract import Refusal, Spoilt


async def reread(premises: Premises, kept: Exchange) -> tuple[tuple[Outcome, ...], str]:
    """What a source says today of the replies that it had then, and what it complains of, if it does.

    Each reading is marked as read later, and is of the moment at which the reply came.
    """
    said = [each async for each in _said(premises, kept)]
    complaints = (each.detail for each in said if isinstance(each, Refusal | Spoilt))
    return tuple(_marked(each) for each in said if isinstance(each, Outcome)), next(complaints, "nothing is said of it")


async def _said(premises: Premises, kept: Exchange) -> AsyncIterator[Said]:
    entries = _entries(premises, kept)
    if not entries:
        yield Refusal("unsupported", f"there is no {kept.source} of {kept.platform} any more")
    options = office(premises.settings, kept.platform).options if entries else {}
    playback = Playback([replied(each, premises.clock.now()) for each in kept.replies])
    for batch in batches(entries, [each.account for each in kept.accounts]):
        async for said in exchange(batch.source, batch.accounts, options, playback, premises.clock):
            yield said


def _entries(premises: Premises, kept: Exchange) -> Ways:
    if kept.platform not in slugs():
        return ()
    platform = office(premises.settings, kept.platform).platform
    return tuple(source for source in platform.sources if source.name == kept.source)


def _marked(outcome: Outcome) -> Outcome:
    is_read = isinstance(outcome.said, Reading)
    return structs.replace(outcome, source=read_later(outcome.source)) if is_read else outcome
