"""What stands before a page: a login, a question about cookies, a riddle for robots."""

from __future__ import annotations

import re

from headcount.net.message import Reply


def led_to(reply: Reply, address: re.Pattern[str]) -> bool:
    """Whether a page sends its visitors to such an address, or was found there in the end."""
    return any(map(address.search, (reply.url, reply.headers.get("location", ""))))
