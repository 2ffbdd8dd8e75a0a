"""How often a platform lets itself be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from headcount.demo.calls import Call, Response


class Usage(Struct, frozen=True):
    """How much of a limit is used up."""

    amount: int
    used: int
    resets: datetime


def anyone(call: Call) -> str:
    """All share one allowance, as from one address."""
    return ""


def once(call: Call) -> int:
    """A request is one call."""
    return 1


def untold(usage: Usage) -> Mapping[str, str]:
    """The platform's headers say nothing of what is left."""
    return {}


def lasting(**span: float) -> Callable[[datetime], datetime]:
    """A window that begins with the first call: `lasting(minutes=15)`."""
    return lambda start: start + timedelta(**span)


class Limit(Struct, frozen=True):
    """How often a platform lets itself be asked."""

    pool: str
    """Routes that name the same pool share one allowance, other platforms' included."""
    amount: int
    ends: Callable[[datetime], datetime]
    """When the window ends that begins at this time (UTC)."""
    refused: Response
    """What is said once it is used up."""
    tell: Callable[[Usage], Mapping[str, str]] = untold
    """The headers that say what is left."""
    who: Callable[[Call], str] = anyone
    """Whose allowance a call uses: a credential's, or an address's."""
    cost: Callable[[Call], int] = once
