"""Whom we count, and whom we have counted: a line an account."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from headcount.publish.outputs.accounts import AccountShape
from headcount.serve.asking import Grounds
from headcount.serve.route import Nothing, Route
from headcount.serve.stand import Listed
from headcount.serve.words import Handle, Key, Organization, Platform, PrintedAt, UnitId, UnitName


class Account(Struct, frozen=True):
    """An account."""

    key: Key
    platform: Platform
    handle: Handle
    url: Annotated[str, Meta(description="Its page; empty where its handle is another account's now")]
    name: Annotated[str, Meta(description="What the roster calls it")]
    unit_id: UnitId
    unit: UnitName
    language: Annotated[str, Meta(description="The language it is in")]
    group: Annotated[str, Meta(description="Accounts that are looked at together")]
    relation: Annotated[str, Meta(description="own: the organisation's; peer: somebody else's, which is in no total")]
    archived_since: Annotated[datetime | None, Meta(description="From when on it is no longer counted (UTC)")]
    listed_until: Annotated[datetime | None, Meta(description="When it left the roster (UTC); null: it is on it")]


class Accounts(Struct, frozen=True):
    """The accounts, by key."""

    organization: Organization
    published_at: PrintedAt
    accounts: list[Account]


def account(listed: Listed) -> Account:
    """An account as it is answered."""
    shape = listed.shape
    here = shape if isinstance(shape, AccountShape) else None
    until = None if isinstance(shape, AccountShape) else datetime.fromisoformat(shape.listed_until)
    return Account(
        key=shape.key,
        platform=shape.platform,
        handle=shape.handle,
        url=shape.url,
        name=here.name if here else "",
        unit_id=shape.unit_id,
        unit=listed.unit_name,
        language=here.language if here else "",
        group=here.group if here else "",
        relation=shape.relation,
        archived_since=datetime.fromisoformat(shape.archived_since) if shape.archived_since else None,
        listed_until=until,
    )


def _accounts(grounds: Grounds, _: Nothing) -> Accounts:
    shown = grounds.shown
    return Accounts(shown.organization, shown.printed_at, [account(each) for each in shown.accounts.values()])


EXAMPLE = {
    "key": "twitter/energy",
    "platform": "twitter",
    "handle": "ENERGY",
    "url": "https://x.com/ENERGY",
    "name": "",
    "unit_id": "1",
    "unit": "Department of Energy",
    "language": "en",
    "group": "",
    "relation": "own",
    "archived_since": None,
    "listed_until": None,
}

ROUTE = Route(
    path="/accounts",
    title="The accounts",
    description="Every account that is published, those included that have left, by key.",
    question=Nothing,
    answer=Accounts,
    make=_accounts,
    holds="until the store changes",
    example={"organization": "Department of Energy", "published_at": "2026-11-20T12:00:00Z", "accounts": [EXAMPLE]},
)
