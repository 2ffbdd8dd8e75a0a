"""Noting what became of an account: it has another handle, its handle has passed on, it is no longer counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from headcount.model import Account
from headcount.store.happenings import append_event
from headcount.store.nouns import Happening
from headcount.store.register import Register


def note(connection: Connection, account: Account, happening: Happening, at: datetime) -> None:
    """Append it; an account that was never counted is remembered by it, with the handle that the roster gives it."""
    register = Register(connection, [account.key])
    number = register.account(account, {})
    register.introduce(number, account.handle, happening.at)
    if happening.kind == "handle":
        register.named(number, happening.handle, happening.at)
    append_event(connection, number, happening, at)
