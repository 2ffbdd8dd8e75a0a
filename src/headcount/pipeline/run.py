"""The whole of a run: every job that is due, then publishing, then watching. What Jenkins, cron and timers call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from headcount.errors import HeadcountError, Locked, Mistake, StoreError
from headcount.news.story import Story
from headcount.pipeline.collecting.collect import Listener, collect_job
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.collecting.turnout import Turnout
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.publishing.publish import Published, publish
from headcount.pipeline.watching.alarm import alarm, without_store
from headcount.pipeline.watching.channels import carriage
from headcount.pipeline.watching.digesting import send_if_due, unsent
from headcount.pipeline.watching.heartbeat import Heartbeat
from headcount.pipeline.watching.watch import Noticed, watch


class Report(Struct, frozen=True):
    """What a run came to."""

    turnouts: tuple[Turnout, ...] = ()
    locked: tuple[str, ...] = ()
    """Jobs that another process is running."""
    published: tuple[Published, ...] = ()
    watched: Noticed = Noticed()
    unwatched: str = ""
    """Why nobody could watch; empty: somebody did, or should not."""
    unheard: str = ""
    """Why the heartbeat was not heard; empty: it was, or there is none. It fails no run."""

    @property
    def exit_status(self) -> int:
        """The highest of its parts; 4 only if every job was locked."""
        if self.locked and not self.turnouts:
            return 4
        statuses = [turnout.exit_status for turnout in self.turnouts]
        faults = filter(None, (*(each.fault for each in self.published), self.unwatched))
        return max([*statuses, *(3 for _ in faults)], default=0)


async def collect(premises: Premises, wanted: Wanted, listen: Listener) -> Report:
    """Collect the jobs wanted, or all: each asks about those whose slot is not done.

    Raises:
        Mistake: what is wrong in the roster, or a job or an account that there is none of.
    """
    turnouts: list[Turnout] = []
    locked: list[str] = []
    for name in wanted.jobs or tuple(premises.settings.jobs):
        house = open_house(premises)
        try:
            turnouts.append(await collect_job(house, house.job(name), understood(house, wanted), listen))
        except Locked:
            locked.append(name)
    return Report(tuple(turnouts), tuple(locked))


async def run(premises: Premises, wanted: Wanted, listen: Listener, besides: Iterable[Story] = ()) -> Report:
    """Collect, publish, watch. Where every job is locked, whoever holds the locks will publish and watch.

    `besides`: what is the matter that only the caller knows, such as a configuration that cannot be read any more.
    """
    heart = Heartbeat(premises.settings, premises.clock)
    try:
        report = await collect(premises, wanted, heart.hearing(listen))
        if report.turnouts:
            report = _watch(premises, structs.replace(report, published=publish(premises)), besides)
    except HeadcountError as error:
        alarm(premises, error)
        await heart.end(error.exit_status)
        raise
    return structs.replace(report, unheard=await heart.end(report.exit_status, list(_in_short(report))))


def watch_alone(premises: Premises) -> Report:
    """The third stage of a run by itself."""
    return _watch(premises, Report(), ())


def _watch(premises: Premises, report: Report, besides: Iterable[Story]) -> Report:
    """The report, with what watching came to; a store that fails now fails the run, and is told past the store."""
    carrier = carriage(premises.settings)
    try:
        watched = watch(premises, carrier, besides)
        digest = tuple(unsent(send_if_due(premises, carrier)))
    except StoreError as error:
        without_store(premises.settings, premises.clock, error)
        return structs.replace(report, unwatched=str(error))
    return structs.replace(report, watched=Noticed(watched.told, watched.undelivered + digest))


def _in_short(report: Report) -> Iterator[str]:
    """What somebody outside may know of a run: numbers, and no account."""
    for each in report.turnouts:
        tally = each.tally
        yield f"{each.job}: {tally.readings} counted, {tally.held} awaiting review, {len(each.misses())} without a count"
    for target in report.published:
        yield f"published to {target.target}: {'failed' if target.fault else 'done'}"


def understood(house: House, wanted: Wanted) -> Wanted:
    """What a run is narrowed to, each account under its key, whichever of its names was given.

    Raises:
        Mistake: for a platform that nobody is on, or an account that the roster does not have.
    """
    platforms = {account.platform for _, account in house.people}
    if unknown := [slug for slug in wanted.platforms if slug not in platforms]:
        raise Mistake(f"no account of the roster is on {unknown[0]!r}; there are {', '.join(sorted(platforms))}")
    known = {account.key for _, account in house.people}
    keys = {text: house.directory.find(text) for text in wanted.accounts}
    if strangers := [text for text, key in keys.items() if key not in known]:
        raise Mistake(
            f"{house.settings.organization.roster} has no account {strangers[0]!r}: `headcount status` lists them"
        )
    return structs.replace(wanted, accounts=tuple(filter(None, keys.values())))
