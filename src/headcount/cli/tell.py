"""Tells what happens while it happens: progress on a terminal, a line an event elsewhere, JSON where it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from headcount.collect.plan import Estimate
from headcount.collect.turn import Event, Refused
from headcount.model import HEADLINE, KNOWN_ABSENCES, Count, Miss, Outcome, Reading
from headcount.pipeline.collecting import Listener


@contextmanager
def listener(log_format: str) -> Iterator[Listener]:
    """The listener that suits whoever is looking."""
    if log_format == "json":
        yield lambda event: click.echo(msgspec.json.encode(as_json(event)).decode(), err=True)
    elif sys.stderr.isatty():
        with _bars() as bars:
            yield bars
    else:
        yield _Lines()


def as_json(event: Event) -> dict[str, Any]:
    """An event as one JSON object."""
    if isinstance(event, Estimate):
        return {"event": "asking", **msgspec.structs.asdict(event)}
    if isinstance(event, Refused):
        refusal = event.refusal
        return {
            "event": "refused",
            "platform": event.platform,
            "source": event.source,
            "reason": refusal.reason,
            "detail": refusal.detail,
        }
    return {"event": "outcome", "at": event.at.isoformat(), "source": event.source, **outcome_json(event.said)}


def outcome_json(said: Reading | Miss) -> dict[str, Any]:
    """An outcome in the shape that outsiders rely on."""
    if isinstance(said, Miss):
        return {"account": said.account.key, "reason": said.reason, "detail": said.detail}
    return {
        "account": said.account.key,
        "metric": said.metric,
        "count": said.count.value,
        "granularity": said.count.granularity,
        "rounding": said.count.rounding,
        "ids": dict(said.ids),
    }


def in_words(count: Count) -> str:
    """A count as people read it: `1,200,000 (rounded to 100,000)`."""
    return f"{count.value:,}" + (f" (rounded to {count.granularity:,})" if count.granularity > 1 else "")


class _Lines:
    """A line an event; what everyone knows already (retired, not supported yet) is said once a platform."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def __call__(self, event: Event) -> None:
        if line := self.line(event):
            click.echo(line, err=True)

    def line(self, event: Event) -> str | None:
        """The event in words; None where nothing new would be said."""
        if isinstance(event, Estimate):
            return (
                f"{event.platform}: asking {event.source} about {event.accounts} accounts in {event.requests} requests"
            )
        if isinstance(event, Refused):
            return f"{event.platform}: {event.source} refused: {event.refusal.reason}, {event.refusal.detail}"
        said = event.said
        if isinstance(said, Reading):
            return f"{said.account.key}: {in_words(said.count)} {said.metric} ({event.source})"
        return (
            self._known(said)
            if said.reason in KNOWN_ABSENCES
            else f"{said.account.key}: no count: {said.reason}, {said.detail}"
        )

    def _known(self, miss: Miss) -> str | None:
        key = (miss.account.platform, miss.reason)
        if miss.reason == "hidden":
            return f"{miss.account.key}: no count: the account hides it"
        if key in self._said:
            return None
        self._said.add(key)
        return f"{miss.account.platform}: {KNOWN[miss.reason]}"


KNOWN = {
    "retired": "this platform has closed; its accounts are kept in the roster and not asked for",
    "unsupported": "headcount does not count this platform yet",
    "no_credential": "no source can be asked without a credential; `headcount doctor` says which",
}


@contextmanager
def _bars() -> Iterator[Listener]:
    columns = (
        TextColumn("{task.description:12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[trouble]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}
        lines = _Lines()

        def show(event: Event) -> None:
            if isinstance(event, Estimate):
                if event.platform not in tasks:
                    tasks[event.platform] = progress.add_task(event.platform, total=event.accounts, trouble="")
            elif isinstance(event, Outcome) and isinstance(event.said, Reading):
                if event.said.metric == HEADLINE and event.account.platform in tasks:
                    progress.advance(tasks[event.account.platform])
            elif line := lines.line(event):
                progress.console.print(line, highlight=False, markup=False)

        yield show
