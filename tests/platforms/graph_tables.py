"""What the tests of Graph platforms share: parts of a batch, errors, and outcomes in a word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from headcount.model import Account, Miss, Reading
from headcount.platforms import platform
from tests.platforms.replaying import Body, Replayed, account, rehearse, way

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
    """One request of the official interface: about one account, or a batch."""
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


def contradictions(truth: str, said: Iterable[Said]) -> list[Said]:
    """The outcomes that the truth of `index.csv` does not bear out."""
    true = [int(number) for number in re.findall(r"[0-9]+", truth)]
    return [
        each
        for each in said
        if (not isinstance(each, str) and not any(abs(number - each[1]) < each[2] for number in true))
        or (each in {"not_found", "blocked", "bad_credentials", "rate_limited"} and not truth.startswith("no"))
    ]
