"""How platforms, sources, jobs, targets and tokens are, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from rich import box
from rich.table import Table

from headcount.vitals.signs import JobSigns, PlatformSigns, SourceSigns, TargetSigns, Vitals
from headcount.vitals.words import HEALTH, WORKING


def parts(vitals: Vitals, expiries: Mapping[str, date]) -> list[Table]:
    """A table of each kind; `expiries` are the last days of credentials."""
    at = vitals.at
    return [
        _table(("platform", "state", "counted last", "accounts"), (_platform(each, at) for each in vitals.platforms)),
        _table(("source", "state", "since", "what it said"), (_source(each, at) for each in vitals.sources)),
        _table(("job", "state", "ran last", "due"), (_job(each, at) for each in vitals.jobs)),
        _table(("target", "state", "written last", "what went wrong"), (_target(each, at) for each in vitals.targets)),
        _table(("token", "last day"), ((name, last.isoformat()) for name, last in expiries.items())),
    ]


def _table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    table = Table(*headers, box=box.SIMPLE)
    for row in rows:
        table.add_row(*row)
    return table


def _platform(each: PlatformSigns, at: datetime) -> tuple[str, ...]:
    numbers = ", ".join(f"{each.accounts[word]} {called}" for word, called in HEALTH.items() if word in each.accounts)
    return each.platform, WORKING[each.health], _ago(each.since, at), numbers


def _source(each: SourceSigns, at: datetime) -> tuple[str, ...]:
    said = ": ".join(filter(None, (each.reason, each.detail)))
    return f"{each.platform}.{each.source}", WORKING[each.health], _ago(each.since, at), said


def _job(each: JobSigns, at: datetime) -> tuple[str, ...]:
    due = f"in {age(each.due - at)}" if each.due > at else _ago(each.due, at)
    return each.job, WORKING[each.health], _ago(each.since, at), due


def _target(each: TargetSigns, at: datetime) -> tuple[str, ...]:
    return each.target, WORKING[each.health], _ago(each.delivered_at, at), each.fault


def _ago(then: datetime | None, at: datetime) -> str:
    return f"{age(at - then)} ago" if then else "never"


def age(lasted: timedelta) -> str:
    """How long, as `30 min`, `3 h` or `2 d`."""
    minutes = int(lasted.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d"
