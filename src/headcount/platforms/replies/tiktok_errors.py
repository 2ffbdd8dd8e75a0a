"""What TikTok's API says when it refuses: every answer has an error, which may be `ok`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from headcount.model import Reason
from headcount.net.message import Reply, retry_after
from headcount.platforms.kit.contract import Refusal, by_status

CODE = re.compile(rb'"code"\s*:\s*"([a-z_]{1,40})"')
ERRORS: Mapping[str, Reason] = {
    "access_token_invalid": "bad_credentials",
    "scope_not_authorized": "missing_permission",
    "scope_permission_missed": "missing_permission",
    "rate_limit_exceeded": "rate_limited",
}


def refusal(reply: Reply) -> Refusal | None:
    """What the API says of the whole request."""
    found = CODE.search(reply.body)
    said = found[1].decode() if found else "ok"
    if reason := ERRORS.get(said):
        return Refusal(reason, said, scope="credential", again=retry_after(reply) if reason == "rate_limited" else None)
    return by_status(reply) if said in ("ok", "internal_error") else Refusal("shape_changed", said)
