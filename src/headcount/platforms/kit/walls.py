"""What stands before a page: a login, a question about cookies, a riddle for robots."""

from __future__ import annotations

import re
from collections.abc import Callable

from headcount.net.message import Reply
from headcount.platforms.kit.contract import Refusal, by_status


def led_to(reply: Reply, address: re.Pattern[str]) -> bool:
    """Whether a page sends its visitors to such an address, or was found there in the end."""
    return any(map(address.search, (reply.url, reply.headers.get("location", ""))))


def kept_out(reply: Reply) -> Refusal | None:
    """What a status says of a page that anybody may see: 401 and 403 mean that this address is not welcome."""
    unwelcome = Refusal("blocked", f"HTTP {reply.status}", scope="source")
    return unwelcome if reply.status in (401, 403) else by_status(reply)


def unless_led_to(login: re.Pattern[str]) -> Callable[[Reply], Refusal | None]:
    """The same, of a platform that leads whom it does not know to such an address. It may show them the next page."""

    def refusal(reply: Reply) -> Refusal | None:
        if led_to(reply, login):
            return Refusal("blocked", f"sent to log in (HTTP {reply.status})")
        return kept_out(reply)

    return refusal
