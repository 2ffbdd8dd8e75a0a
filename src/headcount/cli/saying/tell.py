"""Tells what happens while it happens: progress on a terminal, a line an event elsewhere, JSON where it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from headcount.cli.saying.lines import Lines
from headcount.cli.saying.shapes import as_json
from headcount.collect.cost import Estimate
from headcount.collect.turn import Event
from headcount.model import HEADLINE, Outcome, Reading
from headcount.pipeline.collecting.collect import Listener


@contextmanager
def listener(log_format: str) -> Iterator[Listener]:
    """The listener that suits whoever is looking."""
    if log_format == "json":
        yield lambda event: click.echo(msgspec.json.encode(as_json(event)).decode(), err=True)
    elif sys.stderr.isatty():
        with _bars() as bars:
            yield bars
    else:
        yield Lines()


@contextmanager
def _bars() -> Iterator[Listener]:
    columns = (
        TextColumn("{task.description:12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[trouble]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield _Bars(progress)


class _Bars:
    """A bar a platform, which grows with each account that was counted; all else is said above the bars."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}
        self._lines = Lines()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Estimate):
            self._begin(event)
        elif isinstance(event, Outcome) and isinstance(event.said, Reading):
            self._advance(event.said)
        elif line := self._lines.line(event):
            self._progress.console.print(line, highlight=False, markup=False)

    def _begin(self, asked: Estimate) -> None:
        if asked.platform not in self._tasks:
            self._tasks[asked.platform] = self._progress.add_task(asked.platform, total=asked.accounts, trouble="")

    def _advance(self, reading: Reading) -> None:
        platform = reading.account.platform
        if reading.metric == HEADLINE and platform in self._tasks:
            self._progress.advance(self._tasks[platform])
