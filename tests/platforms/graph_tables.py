"""What the tests of Graph platforms share: parts of a batch, outcomes in a word, and rows about recorded files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from headcount.model import Account, Miss, Reading
from headcount.platforms import platform
from tests.platforms.replaying import Body, Replayed, account, rehearse, replay, truths, way

Said = tuple[str, int, int] | str
"""A reading as (metric, count, granularity); a miss as its reason."""


def part(body: object, code: int = 200) -> dict[str, object]:
    """One part of a batch: its body is JSON in a string."""
    text = body if isinstance(body, str) else json.dumps(body)
    return {"code": code, "headers": [{"name": "Content-Type", "value": "application/json"}], "body": text}


def failed(code: int, subcode: int | None = None, /, **more: object) -> dict[str, object]:
    """An error envelope; its words are in a language that nobody reads by."""
    error = {"message": "Noe gikk galt.", "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}
    return {"error": error if subcode is None else {**error, "error_subcode": subcode}}


def refused(code: int, subcode: int | None = None, /, **more: object) -> dict[str, object]:
    """A part that is an error."""
    return part(failed(code, subcode, **more), 400)


def ask(slug: str, handles: Sequence[str], *replies: Body, status: int = 200, **options: str) -> Replayed:
    """One batch of the official interface."""
    accounts: list[Account] = [account(slug, handle) for handle in handles]
    chosen = {**platform(slug).options, **options}
    return rehearse(way(slug, "api"), accounts, *replies, status=status, options=chosen)


def words(said: Iterable[Reading | Miss]) -> list[Said]:
    """Outcomes as a table writes them."""
    return [
        each.reason if isinstance(each, Miss) else (each.metric, each.count.value, each.count.granularity)
        for each in said
    ]


def by_handle(said: Iterable[Reading | Miss]) -> dict[str, Said]:
    """The headline of each account, or why there is none."""
    return {
        each.account.handle: each.reason
        if isinstance(each, Miss)
        else (each.metric, each.count.value, each.count.granularity)
        for each in said
        if isinstance(each, Miss) or each.metric == "followers"
    }


class Row(Struct, frozen=True):
    """A recorded file: who asks for whom with it, and what must come out."""

    source: str
    handle: str
    said: tuple[Said, ...]
    status: int = 200
    ids: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    alone: bool = True
    """For the api: a single answer, which stands as a part in a batch."""


def play(slug: str, recordings: Path, file: str, row: Row) -> list[Said]:
    """What comes out of a recorded file."""
    body: Body = recordings / slug / file
    if row.source == "api" and row.alone:
        body = [part((recordings / slug / file).read_text(encoding="utf-8"), row.status)]
    status = 200 if row.source == "api" and row.alone else row.status
    return words(replay(slug, row.source, row.handle, body, ids=row.ids, options=row.options, status=status))


def contradictions(truth: str, said: Iterable[Said]) -> list[Said]:
    """The outcomes that the truth of `index.csv` does not bear out."""
    true = [int(number) for number in re.findall(r"[0-9]+", truth)]
    return [
        each
        for each in said
        if (not isinstance(each, str) and not any(abs(number - each[1]) < each[2] for number in true))
        or (each in {"not_found", "blocked", "bad_credentials", "rate_limited"} and not truth.startswith("no"))
    ]


def without_row(recordings: Path, slug: str, rows: Iterable[str]) -> set[str]:
    """The files of a folder, and of its index, that no row is about; and rows about no file."""
    files = {path.name for path in (recordings / slug).iterdir()}
    return (files | truths(recordings, slug).keys()) ^ set(rows)
