"""What is left of an allowance, where a platform says in how many seconds it is full again."""

from __future__ import annotations

import re
from datetime import timedelta

from headcount.net.message import Allowance, Reply

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


def countdown(reply: Reply, prefix: str) -> Allowance | None:
    """What the headers `PREFIX-remaining` and `PREFIX-reset` (seconds from now) say of the current window."""
    remaining, reset = (reply.headers.get(f"{prefix}-{what}", "") for what in ("remaining", "reset"))
    if not (_NUMBER.fullmatch(remaining) and _NUMBER.fullmatch(reset)):
        return None
    return Allowance(float(remaining), reply.at + timedelta(seconds=float(reset)))
