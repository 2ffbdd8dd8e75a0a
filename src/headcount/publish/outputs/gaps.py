"""`gaps.json`: every slot that has no public count, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise

import msgspec
from msgspec import structs

from headcount.clock import midnight
from headcount.measure.gaps.find import find
from headcount.measure.gaps.findings import Findings
from headcount.model import EPOCH
from headcount.publish.edition import Edition, fingerprint
from headcount.publish.encode import json_bytes
from headcount.publish.file import AnyFile, Revised
from headcount.store.reader import Row


class GapsShape(Findings, frozen=True, kw_only=True):
    """`gaps.json`."""

    organization: str


def gaps(edition: Edition) -> Iterator[AnyFile]:
    """`gaps.json`, going on from the one before."""
    yield Revised(
        name="gaps.json",
        title="Every slot without a public count, in which runs of the jobs, and why",
        revise=partial(_gaps, edition),
        basis=_basis(edition),
    )


def _gaps(edition: Edition, before: bytes | None) -> bytes:
    changed = edition.changes.since()
    found = find(
        partial(_fills, edition),
        edition.cadences,
        edition.seen,
        edition.at,
        before=msgspec.json.decode(before, type=GapsShape) if before else None,
        changed=midnight(changed, UTC) if changed else None,
    )
    return b"".join(json_bytes(GapsShape(organization=edition.organization, **structs.asdict(found))))


def _basis(edition: Edition) -> str:
    """Changes with who may be seen, with how the jobs' slots lie, and with what the file looks like."""
    slots = [(job, each.slot(EPOCH), each.end(each.slot(EPOCH))) for job, each in sorted(edition.cadences.items())]
    return fingerprint([sorted(edition.seen), slots, edition.timezone, msgspec.json.schema(GapsShape)])


def _fills(edition: Edition, start: datetime) -> Iterator[Row]:
    """The fills from then on, month by month: sorting all years at once would fill the disk."""
    for first, end in pairwise([*_beginnings(edition, start), edition.at]):
        yield from edition.store.fills(first, end)


def _beginnings(edition: Edition, start: datetime) -> Iterable[datetime]:
    months = (midnight(date.fromisoformat(f"{month}-01"), UTC) for month, _ in edition.store.months())
    return [start, *(month for month in months if start < month < edition.at)]
