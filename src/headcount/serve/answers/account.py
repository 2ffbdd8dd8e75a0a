"""One account: who it is, what its newest counts are, and how it is."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from headcount.serve.answers import accounts, health, latest
from headcount.serve.answers.accounts import Account, account
from headcount.serve.answers.health import healths
from headcount.serve.answers.latest import Newest, newest
from headcount.serve.asking import Grounds
from headcount.serve.route import OfAccount, Route
from headcount.serve.wellness import Health
from headcount.serve.words import Moment


class OneAccount(Struct, frozen=True):
    """An account with its newest counts."""

    account: Account
    at: Moment
    counts: list[Newest]
    health: Annotated[Health | None, Meta(description="null: it has left the roster")]


def _account(grounds: Grounds, asked: OfAccount) -> OneAccount:
    listed = grounds.shown.account(asked.key)
    well = healths(grounds, asked.key)
    return OneAccount(account(listed), grounds.at, list(newest(grounds, asked.key)), well[0] if well else None)


ROUTE = Route(
    path="/accounts/{platform}/{name}",
    title="An account",
    description="An account, the newest count of each of its metrics, and whether it is being counted.",
    question=OfAccount,
    answer=OneAccount,
    make=_account,
    holds="for a minute",
    example={
        "account": accounts.EXAMPLE,
        "at": "2026-11-20T12:30:00Z",
        "counts": [latest.EXAMPLE],
        "health": health.EXAMPLE,
    },
)
