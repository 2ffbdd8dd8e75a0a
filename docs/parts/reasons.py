"""Every reason for which an account has no count, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from docs.parts.markdown import code, paragraphs, table
from headcount.model import KNOWN_ABSENCES, Reason

MEANS: Mapping[Reason, str] = {
    "not_found": "Nothing that the platform shows is about such an account, and it does answer about others.",
    "suspended": "The platform has suspended the account or taken it down.",
    "deactivated": "Whoever runs the account has switched it off.",
    "private": "The account shows itself only to those whom it has let in.",
    "hidden": "The account is there, and does not show its number. That is not zero.",
    "moved": "The account has moved to another address; the detail says where, if the platform does.",
    "renamed_or_reused": "The handle answers with the id of another account: it was renamed, or somebody else has the name now.",
    "blocked": "The platform does not let this machine see it: a wall, a riddle for robots, a refusal without another reason.",
    "rate_limited": "More was asked than the platform lets through. It is asked again when it says so.",
    "quota_exhausted": "What the credential is granted for the day or month is used up.",
    "payment_required": "The platform wants to be paid before it answers.",
    "bad_credentials": "The credential is wrong, has expired or was withdrawn.",
    "missing_permission": "The credential is good, and lacks a permission that this takes.",
    "no_credential": "No source can be asked without a credential, and none was given.",
    "shape_changed": "The answer has not the shape that headcount reads, so no number of it can be believed.",
    "unreachable": "No whole answer came: the name, the connection, its encryption or the server failed.",
    "too_slow": "The answer took longer than `[http] timeout`.",
    "too_big": "The answer was larger than `[http] max_body`.",
    "retired": "The platform has closed.",
    "unsupported": "headcount does not count this platform by itself.",
}

ALL_CAN: tuple[Reason, ...] = ("shape_changed", "rate_limited", "unreachable")
"""What every source can say."""


def page() -> str:
    """The page that explains them all."""
    rows = ((code(reason), means, _is_known(reason)) for reason, means in MEANS.items())
    return paragraphs(
        "# Why an account has no count",
        "A missing count is never zero. It is kept with one of these reasons, and published with it. A reason that is a *known"
        " absence* is nobody's failure: a run in which nothing else is missing exits with 0.",
        table(("reason", "meaning", "known absence"), rows),
        "What each source of a platform can say stands on [the platform's own page](platforms/README.md).",
    )


def _is_known(reason: Reason) -> str:
    return "yes" if reason in KNOWN_ABSENCES else ""
