"""Asking about one account, for `probe` and `replay`, and what is printed of it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from headcount import platforms
from headcount.cli.saying.document import document
from headcount.cli.saying.shapes import outcome_json
from headcount.collect.attend import Desk, attend
from headcount.errors import Mistake
from headcount.model import Account, Miss, Outcome
from headcount.net.message import Post, Request
from headcount.pipeline.by_hand.doubts import figure
from headcount.platforms.kit.contract import Platform


class Findings(Struct, frozen=True):
    """What was said of one account, and what was asked to hear it."""

    account: str
    source: str
    outcomes: tuple[Outcome, ...]
    requests: tuple[Request, ...]

    def as_json(self) -> str:
        """One JSON document, in the shape that outsiders rely on."""
        return document({
            "account": self.account,
            "source": self.source,
            "outcomes": [outcome_json(outcome.said) for outcome in self.outcomes],
            "requests": [_asked(request) for request in self.requests],
        })  # fmt: skip

    def in_words(self) -> str:
        """A line an outcome."""
        return "\n".join(map(_sentence, self.outcomes))


async def ask_one(desk: Desk, account: Account) -> tuple[Outcome, ...]:
    """Every outcome of one batch of one account."""
    return tuple([said async for said in attend(desk, [account]) if isinstance(said, Outcome)])


def known_platform(name: str) -> Platform:
    """The platform that `name` means.

    Raises:
        Mistake: where there is none.
    """
    try:
        return platforms.platform(platforms.canonical(name))
    except LookupError as error:
        raise Mistake(str(error)) from None


def _asked(request: Request) -> dict[str, Any]:
    """A request as it was before it was signed: no secret is in it."""
    method = "POST" if isinstance(request, Post) else "GET"
    return {"method": method, "url": request.url, "query": dict(request.query)}


def _sentence(outcome: Outcome) -> str:
    said = outcome.said
    if isinstance(said, Miss):
        return f"{said.account.key}: no count: {said.reason}" + (f", {said.detail}" if said.detail else "")
    ids = ", ".join(f"{scheme} {value}" for scheme, value in said.ids.items())
    return f"{said.account.key}: {figure(said.count)} {said.metric}, from {outcome.source}" + (
        f" ({ids})" if ids else ""
    )
