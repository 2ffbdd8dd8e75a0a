"""The part of the examination that is of the targets: folders and buckets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from headcount.cli.examining.finding import Finding, fault
from headcount.cli.examining.preflights import preflights
from headcount.errors import DeliveryError
from headcount.news.naming import plural
from headcount.pipeline.publishing.buckets import bucket, is_bucket
from headcount.publish.delivery.bucket import Bucket
from headcount.publish.delivery.conditions import Conditions
from headcount.publish.delivery.cors import object_url
from headcount.publish.printed import POINTER
from headcount.settings import Settings, Target


def examine_targets(settings: Settings) -> Iterator[Finding]:
    """Whether each target can be written, and read by those who are to read it."""
    for target in settings.targets:
        if is_bucket(target):
            yield from _bucket(settings, target)
        else:
            yield _folder(target)


def _folder(target: Target) -> Finding:
    folder = Path(target.to)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    well = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    mend = "" if well else f"let this user write to {existing}"
    return Finding(f"target {target.name}", well, target.to, mend, 0 if well else 3)


def _bucket(settings: Settings, target: Target) -> Iterator[Finding]:
    part = f"target {target.name}"
    try:
        opened = bucket(settings, target)
        conditions, there = opened.conditions, opened.there()
        files = f"{plural(len(there), 'file')} {'is' if len(there) == 1 else 'are'} there"
        yield Finding(part, True, f"{target.to} can be listed, read and written; {files}")
        yield _conditions(part, conditions)
        yield _cors(settings, target, opened)
    except DeliveryError as error:
        yield fault(part, error)


def _conditions(part: str, found: Conditions) -> Finding:
    """Not a fault of the installation, but of the store; so it is told, and nothing fails."""
    if found.honoured:
        form = "" if found.replace == "quoted" else " (with unquoted ETags)"
        return Finding(part, True, f"conditional writes are honoured{form}")
    what = f"conditional writes are not honoured (create: {found.create}, replace: {found.replace})"
    return Finding(part, True, what, "publish there from one machine only: of two at once, the older set could win")


def _cors(settings: Settings, target: Target, opened: Bucket) -> Finding:
    """Whether pages of the configured origins may read: a warning, for a CDN in front may see to it."""
    part, origins = f"target {target.name}", settings.serve.cors_origins
    try:
        wrong = [
            answer for answer in preflights(object_url(opened, POINTER), origins, settings.http) if not answer.well
        ]
    except DeliveryError as error:
        return Finding(part, False, str(error), "look at the proxy and the firewall")
    if not wrong:
        return Finding(part, True, f"CORS is as [serve] cors_origins says ({', '.join(origins)})")
    return Finding(
        part,
        False,
        f"CORS: {'; '.join(map(str, wrong))}",
        f"headcount publish --configure-target --target {target.name}",
    )
