"""The numbers that are the operator's alone: everybody's, internal accounts too, and what the machines and people do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from prometheus_client.core import Metric

from headcount.metrics.gauge import gauge, seconds
from headcount.metrics.public import JOB, of_accounts, of_house, of_jobs, of_platforms
from headcount.model import Run, Tally
from headcount.store.noticing import Watched
from headcount.store.reader import Reader
from headcount.vitals.signs import SourceSigns, TargetSigns, Vitals, Working

LATELY = timedelta(days=7)
"""Messages of events that are older are nobody's concern any more."""

A_FEW = 20
"""Runs of a job among which its newest whole one is looked for."""


UP: dict[Working, float | None] = {"ok": 1.0, "stale": 0.0, "failing": 0.0, "never": None}
"""Whether something is as it should be; None: it never was."""

RUN: tuple[tuple[str, str, Callable[[Tally], float]], ...] = (
    ("duration_seconds", "How long the job's newest whole run took.", lambda tally: tally.seconds),
    ("requests", "Requests that the job's newest whole run sent.", lambda tally: tally.requests),
    ("retries", "Requests among them that were sent again.", lambda tally: tally.retries),
    ("readings", "Accounts that it counted.", lambda tally: tally.readings),
    ("held", "Accounts whose count it holds back for review.", lambda tally: tally.held),
)
"""The figures of a run, each with its name and what it means."""


class Supplies(Struct, frozen=True):
    """What runs out one day, as only the operator knows: credentials, and room."""

    expiries: Mapping[str, date] = {}
    """The last days of credentials: `facebook.token` -> day."""
    store_bytes: int | None = None
    """How large the store's file is; None: it is in a server."""


def everything(vitals: Vitals, store: Reader, supplies: Supplies) -> Iterator[Metric]:
    """All that there is, as of one moment of the store."""
    yield from of_house(vitals)
    yield from of_accounts(vitals.accounts)
    yield from of_platforms(vitals.platforms)
    yield from of_sources(vitals.sources)
    yield from of_jobs(vitals.jobs)
    yield from of_runs(_newest_runs(store, (each.job for each in vitals.jobs)))
    yield from of_targets(vitals.targets)
    yield from of_review(store)
    yield from of_news(store, vitals.at)
    yield from of_supplies(supplies)


def of_sources(sources: tuple[SourceSigns, ...]) -> Iterator[Metric]:
    """Whether each way of asking a platform works."""
    yield gauge(
        "source_up",
        "1: the source answered the newest run that used it; 0: it did not. Left out until it was used.",
        ("platform", "source"),
        (((each.platform, each.source), UP[each.health]) for each in sources),
    )


def _newest_runs(store: Reader, jobs: Iterable[str]) -> list[Run]:
    whole = ((run for run in store.runs(job, A_FEW) if run.ended) for job in jobs)
    return [newest for runs in whole if (newest := next(runs, None))]


def of_runs(runs: list[Run]) -> Iterator[Metric]:
    """What the newest whole run of each job came to."""
    for name, means, figure in RUN:
        yield gauge(f"run_{name}", means, JOB, (((run.job,), figure(run.tally)) for run in runs))
    misses = (((run.job, reason), number) for run in runs for reason, number in run.tally.misses.items())
    yield gauge("run_misses", "Accounts of which it has no count, by reason.", (*JOB, "reason"), misses)


def of_targets(targets: tuple[TargetSigns, ...]) -> Iterator[Metric]:
    """Whether what is published arrives."""
    yield gauge(
        "target_up",
        "1: the target has the newest edition; 0: it does not, or not of late. Left out until it was written.",
        ("target",),
        (((each.target,), UP[each.health]) for each in targets),
    )
    yield gauge(
        "target_last_success_timestamp_seconds",
        "When the target was written last.",
        ("target",),
        (((each.target,), seconds(each.delivered_at)) for each in targets),
    )


def of_review(store: Reader) -> Iterator[Metric]:
    """What awaits a person's decision."""
    held = {row.reading: row.taken_at for row in store.awaiting()}
    yield gauge("readings_awaiting_review", "Readings that await a person's decision.", (), [((), len(held))])
    oldest = seconds(min(held.values(), default=None))
    yield gauge("review_oldest_timestamp_seconds", "When the oldest of them was taken.", (), [((), oldest)])


def of_news(store: Watched, at: datetime) -> Iterator[Metric]:
    """What is the matter, and whether people could be told."""
    matters = Counter((event.story.kind, event.story.severity) for event in store.open_events())
    yield gauge("incidents_open", "Incidents that are not over.", ("kind", "severity"), matters.items())
    sendings = store.sendings(at - LATELY)
    lost = {each.event for each in sendings} - {each.event for each in sendings if each.state == "sent"}
    means = "Events of the last seven days that were to be told, and that no channel has taken."
    yield gauge("letters_undelivered", means, (), [((), len(lost))])


def of_supplies(supplies: Supplies) -> Iterator[Metric]:
    """When credentials end, and how much room is taken."""
    yield gauge(
        "token_expiry_timestamp_seconds",
        "When the credential expires.",
        ("platform", "credential"),
        ((name.partition(".")[::2], seconds(_end(day))) for name, day in supplies.expiries.items()),
    )
    yield gauge("store_bytes", "Size of the store's file.", (), [((), supplies.store_bytes)])


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
