"""`headcount serve`: the HTTP API, and the published files."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import click

from headcount import platforms
from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.pipeline.expecting import sources
from headcount.pipeline.measuring import supplies_of
from headcount.pipeline.publishing.publish import press_folder
from headcount.serve.aside import Aside
from headcount.serve.listen import Address, free, listen
from headcount.serve.serving import Serving
from headcount.settings import Settings
from headcount.store.open_reader import open_reader


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.pass_obj
def command(session: Session, host: str, port: int, workers: int) -> None:
    """Serve the published files and an HTTP API, until stopped. Nothing is written, and the roster is not read.

    Example: headcount serve --port 8000
    """
    settings = opening.settings(session)
    serving = serving_of(settings)
    serving.open().close()
    address = free(Address(host, port, workers))
    aside = _aside(settings, serving)
    listen(serving, address, partial(_say, f"{address.url}{serving.base_path}/", aside))


def _aside(settings: Settings, serving: Serving) -> Aside | None:
    """The operator's figures, where they have an address of their own."""
    wanted = settings.serve.metrics
    return Aside(serving, partial(supplies_of, settings), wanted.host, wanted.port) if wanted.host else None


def _say(url: str, aside: Aside | None) -> None:
    click.echo(url)
    if aside:
        aside.start()
        click.echo(f"{aside.url} (for Prometheus)")


def serving_of(settings: Settings) -> Serving:
    """How the installation of some settings is served."""
    return Serving(
        open=partial(open_reader, settings.store),
        press=press_folder(settings),
        timezone=settings.organization.timezone,
        base_path=settings.serve.base_path,
        origins=settings.serve.cors_origins,
        periods={name: settings.cadence(job).length for name, job in settings.jobs.items()},
        cadences={name: settings.cadence(job) for name, job in settings.jobs.items()},
        targets=tuple(target.name for target in settings.targets),
        sources=sources(settings, platforms.slugs()),
        has_metrics=settings.serve.metrics.public,
        max_age=timedelta(days=settings.max_age_days),
    )
