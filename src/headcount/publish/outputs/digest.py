"""`digest.html` and `digest/`: the report of each of the last weeks, made anew when anything that it tells has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial

from msgspec import Struct

from headcount import __version__
from headcount.news.story import Event
from headcount.publish.edition import Departed, Edition, Listed, fingerprint
from headcount.publish.file import AnyFile, Grown
from headcount.publish.outputs.told import told_of
from headcount.reports import happened
from headcount.reports.digest import Digest
from headcount.reports.gather import gather
from headcount.reports.page import as_page
from headcount.reports.period import Period, last_week, week_of
from headcount.reports.scope import Listed as Reported
from headcount.reports.scope import Scope
from headcount.store.noticing import Remark
from headcount.store.reader import Correction

WEEKS = 8
"""So many are published; the counts of all the years before are in `daily.csv`."""
LATE = timedelta(days=1)
"""The newest report is stale when the next has not come so long after its week."""
WEEK = timedelta(days=7)


def digests(edition: Edition) -> Iterator[AnyFile]:
    """The newest report under its fixed name, and the report of each week."""
    yield from _Reports(edition).files()


def scope(edition: Edition) -> Scope:
    """What a report is about."""
    closed = {each.key for each in edition.vitals.accounts if each.reason == "retired"}
    return Scope(
        organization=edition.organization,
        timezone=edition.timezone,
        accounts={key: _reported(edition, each, is_closed=key in closed) for key, each in told_of(edition).items()},
        jobs=edition.cadences,
        counted_by=edition.store.counted(),
        platforms=edition.names,
    )


class _Reports(Struct, frozen=True, dict=True):
    """The reports of an edition."""

    edition: Edition

    def files(self) -> Iterator[AnyFile]:
        newest = self._weeks[0] if self._weeks else week_of(self.edition.today)
        yield self._file("digest.html", newest, partial(self._newest, newest))
        for week in self._weeks:
            yield self._file(f"digest/{week.name}.html", week, partial(self._kept, week))

    @cached_property
    def _weeks(self) -> tuple[Period, ...]:
        """The last weeks that are over and in which anyone was counted, the newest first."""
        newest = last_week(self.edition.today)
        found = (Period(newest.first - number * WEEK, newest.last - number * WEEK) for number in range(WEEKS))
        return tuple(each for each in found if each.last > self.edition.begins())

    @cached_property
    def _scope(self) -> Scope:
        return scope(self.edition)

    def _report(self, period: Period) -> Digest:
        return gather(self.edition.store, self._scope, period, self.edition.at)

    def _newest(self, newest: Period) -> str:
        places = [(each.name, each.words, f"digest/{each.name}.html") for each in self._weeks]
        stale = newest.end(self.edition.zone) + WEEK + LATE if self._weeks else None
        return as_page(self._report(newest), earlier=places, stale_after=stale)

    def _kept(self, week: Period) -> str:
        return as_page(self._report(week), root="../")

    def _file(self, name: str, week: Period, make: partial[str]) -> Grown:
        """A table of one day, so to speak: the last on which counts may come that belong to the week."""
        last = week.end(self.edition.zone).astimezone(UTC).date()

        def rows(since: date) -> Iterator[tuple[date, bytes]]:
            if since <= last:
                yield last, make().encode()

        changed = self.edition.changes.since()
        title = f"The report of {week.words}"
        return Grown(name=name, title=title, head=b"", rows=rows, changed=changed, basis=self._basis(week))

    def _basis(self, week: Period) -> str:
        """Changes with who may be seen, with what was told and decided, and with which reports there are."""
        start, end = week.start(self.edition.zone), week.end(self.edition.zone)
        doubted = {each.reading for each in self._remarks if each.decision == "hold" and start <= each.at < end}
        return fingerprint([
            __version__,
            (self._scope.organization, self._scope.timezone, self.edition.names),
            sorted((name, slots.slot(start), slots.end(slots.slot(start))) for name, slots in self._scope.jobs.items()),
            [each.name for each in self._weeks] or self.edition.at,
            sorted(self._scope.accounts.items()),
            [each.id for each in self._events if each.at < end],
            [(each.at, each.key) for each in self._corrections if start <= each.at < end],
            [each.id for each in self._remarks if each.reading in doubted],
        ])  # fmt: skip

    @cached_property
    def _since(self) -> datetime:
        oldest = self._weeks[-1] if self._weeks else week_of(self.edition.today)
        return oldest.start(self.edition.zone)

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        """They are appended, and never changed."""
        return tuple(happened.events(self.edition.store, self._since))

    @cached_property
    def _remarks(self) -> tuple[Remark, ...]:
        return self.edition.store.remarks(self._since)

    @cached_property
    def _corrections(self) -> tuple[Correction, ...]:
        return tuple(each for each in self.edition.store.corrections() if each.key in self._scope.accounts)


def _reported(edition: Edition, listed: Listed, *, is_closed: bool) -> Reported:
    key, entry = listed.key, listed.entry
    return Reported(
        key=key,
        handle=entry.handle,
        platform=edition.names.get(entry.platform, entry.platform),
        unit=edition.unit_names.get(entry.unit, entry.unit),
        period=edition.periods.get(key, timedelta(days=1)),
        began=edition.spans[key][0] if key in edition.spans else None,
        left=listed.listed_until if isinstance(listed, Departed) else listed.archived_since,
        link=edition.links.get(key, ""),
        is_closed=is_closed,
    )
