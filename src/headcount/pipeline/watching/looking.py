"""Looks at everything: what the store, the roster, the configuration and the machine say at one moment."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import structs

from headcount.errors import Mistake
from headcount.model import EPOCH, HEADLINE
from headcount.news.story import Kind, Story
from headcount.pipeline.expecting import expectation
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.watching.happening import happenings
from headcount.pipeline.watching.jointly import jointly
from headcount.settings import Settings
from headcount.store.noticing import Remark
from headcount.vitals.signs import Vitals
from headcount.vitals.take import take
from headcount.watch.look import Disk, Found, Look, Rest
from headcount.watch.memory import Memory, remember
from headcount.watch.tries import deaf
from headcount.watch.troubles.everything import find

LATELY = timedelta(days=7)
"""How far back is looked at what was said of counts."""

OF_RUNS: frozenset[Kind] = frozenset({"press"})
"""What only a run can see: between runs it is as the last one saw it."""


def find_out(premises: Premises, memory: Memory, besides: Iterable[Story], at: datetime) -> Found:
    """What is the matter, and what happened. Where the roster cannot be read, that is the matter, and the rest is seen."""
    look, house = _look(premises, memory, besides, at)
    return find(look, happenings(house, look) if house else ())


def glance(premises: Premises, memory: Memory, at: datetime) -> Look:
    """What there is to see between two runs, for whoever asks: nothing is told, and nothing is kept of it."""
    look, _ = _look(premises, memory, _seen_by_runs(memory), at)
    return look


def glance_inside(house: House, vitals: Vitals) -> Look:
    """The same, where it is known already how everyone is."""
    memory = remember(house.store, vitals.at)
    return _accounts(house, vitals, _machine(house, memory, _seen_by_runs(memory), vitals.at))


def _look(premises: Premises, memory: Memory, besides: Iterable[Story], at: datetime) -> tuple[Look, House | None]:
    try:
        house = open_house(premises)
        vitals = take(premises.store, expectation(house), at)
    except Mistake as mistake:
        return _machine(premises, memory, (*besides, _wrong(premises.settings, mistake)), at), None
    return _accounts(house, vitals, _machine(premises, memory, besides, at)), house


def _seen_by_runs(memory: Memory) -> tuple[Story, ...]:
    return tuple(each.story for each in memory.open if each.story.kind in OF_RUNS)


def _wrong(settings: Settings, mistake: Mistake) -> Story:
    roster = settings.organization.roster or settings.file
    return Story("configuration", "urgent", roster.name, detail=str(mistake))


def _machine(premises: Premises, memory: Memory, besides: Iterable[Story], at: datetime) -> Look:
    """What is known whoever is counted."""
    settings, runs = premises.settings, premises.store.runs()
    channels = [each.name for each in settings.watch.channels]
    told = {each.story.subject: each.story.since or each.at for each in memory.open if each.story.kind == "channel"}
    return Look(
        at=at,
        today=premises.local_now().date(),
        open=tuple(each.story for each in memory.open),
        expiries=settings.expiries,
        disk=_disk(settings.state),
        newest=max([EPOCH, *(each.ended or each.started for each in runs), *(each.at for each in memory.lately)]),
        deaf=deaf(memory.sendings, channels, told),
        channels=frozenset(channels),
        besides=tuple(besides),
    )


def _accounts(house: House, vitals: Vitals, machine: Look) -> Look:
    """The same, and how everyone is who is counted."""
    remarks = [each for each in house.store.remarks(machine.at - LATELY) if each.metric == HEADLINE]
    counted = (each.counted_at for each in vitals.accounts if each.counted_at)
    return structs.replace(
        machine,
        vitals=vitals,
        rules={each.key: each.rule for each in remarks if each.stands and each.decision == "hold"},
        rests={each.key: _rest(each) for each in remarks if each.rule == "stuck"},
        together=jointly(house.store, vitals, machine.at),
        newest=max([machine.newest, *counted]),
    )


def _rest(remark: Remark) -> Rest:
    return Rest(remark.count, remark.taken_at)


def _disk(place: Path) -> Disk | None:
    try:
        usage = shutil.disk_usage(place)
    except OSError:
        return None
    return Disk(str(place), usage.total, usage.free)
