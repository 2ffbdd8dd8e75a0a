"""The reasons of the closed list, as they are said of a platform and of an account, with what to do about each."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from headcount.model import Reason


class Words(Struct, frozen=True):
    """What a reason is called."""

    of_platform: str
    """After a platform's name: `cannot be reached`."""
    of_account: str
    """After an account's name: `is not found`."""
    todo: str
    """What to do about it. `{key}` is the account, `{slug}` the platform."""


_RENEW = (
    "Make a new one at the platform, put it where [platforms.{slug}] in headcount.toml says that it is, "
    "and try it with `headcount doctor`."
)
_WAIT = "There is nothing to do as long as it passes by itself: headcount asks again at each run. "
_GONE = (
    "Open the account in a browser. If it is gone for good, run "
    "`headcount account archive {key} --at DATE --why TEXT`; if the roster names it wrongly, correct the roster."
)
_PASSED = (
    "Open the account in a browser. If it goes by another handle, run `headcount account rename {key} HANDLE`; "
    "if the handle has passed to somebody else, run `headcount account handover {key} --at DATE --why TEXT`."
)
_RARE = "Ask for fewer accounts, or less often: `every` of the job in headcount.toml, or `pace` of [platforms.{slug}]."

REASONS: Mapping[Reason, Words] = {
    "not_found": Words("does not find many accounts", "is not found", _GONE),
    "suspended": Words("has suspended many accounts", "is suspended", "Ask the platform why. " + _GONE),
    "deactivated": Words("says that many accounts are deactivated", "is deactivated", _GONE),
    "private": Words(
        "says that many accounts are private", "is private", "Its owner has to make it public again. " + _GONE
    ),
    "hidden": Words("hides the counts", "hides its count", "Its owner can show the count in the platform's settings."),
    "moved": Words("says that many accounts have moved", "has moved", _PASSED),
    "renamed_or_reused": Words(
        "answers with other accounts than those asked for", "answers with another account", _PASSED
    ),
    "blocked": Words(
        "turns us away",
        "is not shown to us",
        _WAIT + "If it lasts, have the platform counted by its official source: docs/reference/platforms says how.",
    ),
    "rate_limited": Words("asks us to slow down", "is asked for too often", _WAIT + "If it lasts: " + _RARE),
    "quota_exhausted": Words("has no allowance left for us", "is beyond the allowance", "It is renewed by itself. " + _RARE),
    "payment_required": Words(
        "wants to be paid",
        "is shown to those who pay",
        "Pay the platform, or leave the source out: `sources` of [platforms.{slug}] in headcount.toml.",
    ),
    "bad_credentials": Words("does not accept our credentials", "does not accept our credentials", _RENEW),
    "missing_permission": Words(
        "does not permit what we ask for",
        "does not permit what we ask for",
        "Give the token the permission that docs/reference/platforms names for {slug}. " + _RENEW,
    ),
    "no_credential": Words("wants a credential that we have not", "wants a credential that we have not", _RENEW),
    "shape_changed": Words(
        "answers in a form that headcount cannot read",
        "is shown in a form that headcount cannot read",
        "The platform has most likely changed its pages. See whether there is a newer headcount; "
        "`headcount probe {slug} HANDLE` shows whether it helps. What was answered is kept, so that it can be counted later.",
    ),
    "unreachable": Words(
        "cannot be reached", "cannot be reached", _WAIT + "`headcount doctor` says whether the fault is on our side."
    ),
    "too_slow": Words("answers too slowly", "is answered for too slowly", _WAIT),
    "too_big": Words(
        "answers with more than anybody could read",
        "is answered for with more than anybody could read",
        _WAIT + "If it lasts, `headcount probe {slug} HANDLE` shows what comes.",
    ),
    "retired": Words("has closed", "is on a platform that has closed", "What was counted is kept; nothing is to be done."),
    "unsupported": Words(
        "is not counted by headcount", "cannot be counted by headcount", "Counts can be entered by hand: `headcount enter {key} COUNT`."
    ),
}  # fmt: skip

UNSAID = Words("cannot be counted", "cannot be counted", "`headcount status` says more.")
"""Where no reason is given, or none may be."""


def words_for(reason: str) -> Words:
    """The words for a reason, which may be empty or a rule's name."""
    return next((words for known, words in REASONS.items() if known == reason), UNSAID)
