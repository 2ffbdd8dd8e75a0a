"""Who is asked by which source, and in which batches. Pure: nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from headcount.model import Account, Reason
from headcount.net.message import Pace
from headcount.platforms.kit.contract import Options, Platform, Secrets, Source

Ways = tuple[Source, ...]
"""The ways of one source, best first."""


class Office(Struct, frozen=True):
    """A platform as this installation asks it."""

    platform: Platform
    hosts: Mapping[str, str]
    options: Options
    secrets: Secrets
    chosen: tuple[str, ...] | None = None
    """The sources to use, in order; None: all that have what they need, as the platform orders them."""
    official_only: bool = False
    pace: Pace | None = None
    """Overrides the pace of every source."""

    def hidden(self, secrets: Secrets) -> Secrets:
        """Those that nobody may see: what the platform declares as no secret may stand in a handle or an answer."""
        public = {each.name for each in self.platform.credentials if not each.secret}
        return {name: value for name, value in secrets.items() if name not in public}


class Batch(Struct, frozen=True):
    """What one exchange asks."""

    source: Source
    accounts: tuple[Account, ...]
    server: str = ""
    """Of a federated platform."""


def ways(office: Office) -> tuple[Ways, ...]:
    """The sources that can be asked, in the order in which they are tried."""
    usable = [source for source in office.platform.sources if _usable(office, source)]
    offered = dict.fromkeys(source.name for source in usable if not source.opt_in)
    names = office.chosen if office.chosen is not None else tuple(offered)
    found = (tuple(_paced(office, source) for source in usable if source.name == name) for name in names)
    return tuple(entries for entries in found if entries)


def why_none(office: Office) -> Reason:
    """Why there is no source to ask: known to everyone, and nobody's failure."""
    if office.platform.retired:
        return "retired"
    return "no_credential" if office.platform.sources else "unsupported"


def batches(entries: Ways, accounts: Iterable[Account]) -> tuple[Batch, ...]:
    """The accounts in batches, each by the best way that takes it; pinned and unpinned never mix."""
    takers: dict[tuple[int, str], list[Account]] = {}
    for account in accounts:
        place = next((place for place, entry in enumerate(entries) if _takes(entry, account)), None)
        if place is not None:
            takers.setdefault((place, entries[place].together(account)), []).append(account)
    return tuple(
        Batch(entries[place], tuple(some), server)
        for (place, server), taken in sorted(takers.items())
        for some in _chunks(taken, entries[place].batch)
    )


def _usable(office: Office, source: Source) -> bool:
    return (source.official or not office.official_only) and (
        _has(office, source.needs) or _can_be_granted(office, source)
    )


def _has(office: Office, names: Iterable[str]) -> bool:
    return all(name in office.secrets or name in office.options for name in names)


def _can_be_granted(office: Office, source: Source) -> bool:
    grant = source.grant
    return grant is not None and _has(office, grant.needs) and _has(office, set(source.needs) - {grant.gives})


def _paced(office: Office, source: Source) -> Source:
    return structs.replace(source, pace=structs.replace(office.pace, pool=source.pace.pool)) if office.pace else source


def _takes(source: Source, account: Account) -> bool:
    return source.pinned is None or source.pinned in account.ids


def _chunks(accounts: Sequence[Account], size: int) -> Iterator[Sequence[Account]]:
    for start in range(0, len(accounts), size):
        yield accounts[start : start + size]
