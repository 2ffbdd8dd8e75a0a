"""The whole of a run: every job that is due, then publishing. What Jenkins, cron and timers call."""

from __future__ import annotations

from msgspec import Struct, structs

from headcount.errors import Locked, Mistake
from headcount.pipeline.collecting import Listener, collect_job
from headcount.pipeline.due import Wanted
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.publishing import Published, publish
from headcount.pipeline.turnout import Turnout


class Report(Struct, frozen=True):
    """What a run came to."""

    turnouts: tuple[Turnout, ...] = ()
    locked: tuple[str, ...] = ()
    """Jobs that another process is running."""
    published: tuple[Published, ...] = ()

    @property
    def exit_status(self) -> int:
        """The highest of its parts; 4 only if every job was locked."""
        if self.locked and not self.turnouts:
            return 4
        statuses = [turnout.exit_status for turnout in self.turnouts]
        return max([*statuses, *(3 for each in self.published if each.fault)], default=0)


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


async def run(premises: Premises, wanted: Wanted, listen: Listener) -> Report:
    """Collect, then publish; where every job is locked, whoever holds the locks will publish."""
    collected = await collect(premises, wanted, listen)
    if not collected.turnouts:
        return collected
    return Report(collected.turnouts, collected.locked, publish(premises))


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
