"""`headcount publish --configure-target`: a bucket's CORS set, and then seen to work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from headcount.cli.examining.preflights import EVERYONE, preflights
from headcount.errors import DeliveryError
from headcount.pipeline.publishing.buckets import bucket, chosen, is_bucket, route_to
from headcount.publish.delivery.cors import allow, object_url
from headcount.publish.printed import POINTER
from headcount.settings import Settings, Target


def configure(settings: Settings, names: Iterable[str]) -> int:
    """Configure targets (all, or those named), telling what is done and seen; the exit status.

    Raises:
        Mistake: where a target is named that there is none of.
    """
    statuses = [0]
    for target in chosen(settings, names):
        try:
            for line in _configure(settings, target):
                click.echo(f"target {target.name}: {line}")
        except DeliveryError as error:
            click.echo(f"target {target.name}: {error}", err=True)
            statuses.append(error.exit_status)
    return max(statuses)


def _configure(settings: Settings, target: Target) -> Iterator[str]:
    if not is_bucket(target):
        yield "a folder: the web server in front of it says which origins may read; deploy/nginx.conf shows how"
        return
    opened, origins = bucket(settings, target), settings.serve.cors_origins
    url = object_url(opened, POINTER)
    allow(opened, origins, route_to(settings.http, url))
    yield f"CORS set: {'everyone' if EVERYONE in origins else ', '.join(origins)} may read"
    answers = preflights(url, origins, settings.http)
    yield from map(str, answers)
    if wrong := [answer.origin for answer in answers if not answer.well]:
        raise DeliveryError(
            f"{target.to} does not do as it was told for {', '.join(wrong)}: look for other CORS rules of the bucket, "
            "and for a proxy or CDN in front of it that adds headers of its own"
        )
