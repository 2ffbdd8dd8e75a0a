"""What came of it all, as the lines of a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from msgspec import Struct

from benchmarks.watching.breaks.contract import Break
from benchmarks.watching.clean import Clean
from benchmarks.watching.histories import Seen

HEADING = (
    "| what breaks | class | histories | noticed | median | worst | limit | letters | all-clears | false alarms | leaked |",
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
)
MOST_SHOWN = 20
"""Complaints that are shown."""


class Row(Struct, frozen=True):
    """A kind of break, and all its histories."""

    kind: Break
    seen: Sequence[Seen]

    def late(self) -> list[Seen]:
        """Histories in which it was told too late, or never."""
        return [each for each in self.seen if each.delay is None or each.delay > each.limit]

    def uncleared(self) -> list[Seen]:
        """Histories in which an incident had no all-clear, or several; or whoever looked was not told of any."""
        unseen = [each for each in self.seen if self.kind.outside and not each.opened]
        return unseen + [each for each in self.seen if self.kind.lasts and each.opened != each.cleared]

    def leaky(self) -> list[Seen]:
        """Histories in which a wrong number became public."""
        return [each for each in self.seen if each.leaked]

    def noisy(self) -> list[Seen]:
        """Histories with more letters in a day than anybody wants."""
        return [each for each in self.seen if each.busiest > self.kind.within]


def rows(kinds: Sequence[Break], seen: Sequence[Seen]) -> tuple[Row, ...]:
    """By kind, in their order."""
    return tuple(Row(kind, [each for each in seen if each.name == kind.name]) for kind in kinds)


def lines(each: Sequence[Row]) -> Iterator[str]:
    """The table."""
    yield from HEADING
    yield from map(_line, each)


def _line(row: Row) -> str:
    seen = row.seen
    delays = [each.delay for each in seen if each.delay is not None]
    cells = (
        row.kind.name,
        row.kind.of,
        len(seen),
        f"{_percent(len(delays), len(seen))}",
        f"{median(delays):g}" if delays else "-",
        max(delays, default="-"),
        max((each.limit for each in seen), default="-"),
        _span([each.letters for each in seen]),
        _span([each.cleared for each in seen]) if row.kind.lasts else "-",
        sum(len(each.false) for each in seen),
        _leaked(row),
    )
    return f"| {' | '.join(map(str, cells))} |"


def _leaked(row: Row) -> str:
    if row.kind.of != "number":
        return "-"
    return f"{sum(each.leaked for each in row.seen)}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:g} %" if whole else "-"


def _span(numbers: Sequence[int]) -> str:
    low, high = min(numbers, default=0), max(numbers, default=0)
    return str(low) if low == high else f"{low} to {high}"


def of_clean(clean: Clean) -> Iterator[str]:
    """What months without any break came to."""
    yield (
        f"{clean.months:,.0f} account-months without a break, {clean.readings:,} slots: "
        f"**{clean.a_year:.2f} false alarms an account and year**"
    )
    yield ""
    yield f"- told: {_kinds(clean.alarms)}"
    yield f"- noted for the feed and the report of the week, and not sent: {_kinds(clean.notices)}"
    yield f"- readings held back: {clean.held:,}, {1000 * clean.held / clean.readings:.3f} of 1,000"
    yield f"- letters to one channel, all-clears and reminders included: {clean.letters:,}"


def _kinds(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {number:,}" for kind, number in numbers.items()) or "none"


def complaints(each: Sequence[Row], clean: Clean | None) -> Iterator[str]:
    """Everything that is not as it has to be."""
    for row in each:
        yield from (f"{row.kind.name}, {seen.seed}: {_too_late(seen)}" for seen in row.late())
        yield from (f"{row.kind.name}, {seen.seed}: {seen.leaked} wrong numbers became public" for seen in row.leaky())
        yield from (
            f"{row.kind.name}, {seen.seed}: {seen.opened} opened, {seen.cleared} cleared" for seen in row.uncleared()
        )
        yield from (f"{row.kind.name}, {seen.seed}: {seen.busiest} letters in a day" for seen in row.noisy())
        yield from (f"{row.kind.name}, {seen.seed}: false alarm {key}" for seen in row.seen for key in seen.false)
    if clean and clean.a_year > 1:
        yield f"{clean.a_year:.2f} false alarms an account and year"


def _too_late(seen: Seen) -> str:
    return "never told" if seen.delay is None else f"told at run {seen.delay}, not by {seen.limit}"
