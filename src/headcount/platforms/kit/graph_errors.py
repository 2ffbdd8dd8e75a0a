"""What the Graph API's errors mean: by their codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Reason
from headcount.net.message import Reply
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.graph_usage import regained, usages_of
from headcount.platforms.kit.wire import decode


class Error(Struct):
    code: int
    error_subcode: int | None = None
    type: str = ""
    message: str = ""
    is_transient: bool = False


class Answer(Struct):
    error: Error | None = None


class Meaning(Struct, frozen=True):
    """What an error means to us."""

    reason: Reason
    words: str
    scope: Literal["batch", "credential"] = "batch"


TROUBLE = Meaning("unreachable", "trouble of Meta's own, which passes")
LIMIT = Meaning("rate_limited", "the allowance is used up", "credential")
NO_PERMISSION = Meaning(
    "missing_permission",
    "the token lacks a permission (pages_read_engagement; for Instagram instagram_basic, instagram_manage_insights)",
)
NO_FEATURE = Meaning(
    "missing_permission",
    "needs pages_read_engagement and a role on the Page, or the feature Page Public Content Access; or the Page is gone",
)
NO_PROOF = Meaning("missing_permission", "needs proof of the app's secret (give app_secret), or an app token")
NO_OBJECT = Meaning("not_found", "no such account, or no permission for it")
UNHEARD_OF = Meaning("shape_changed", "an error that is not expected here")
DEAD_TOKENS = {
    None: "the token is not one that Meta knows",
    458: "the app was removed by the token's owner",
    459: "the token's owner must pass a checkpoint on facebook.com",
    460: "the token's owner changed the password",
    463: "the token has expired",
    464: "the token's owner is not confirmed",
    466: "the token was invalidated",
    467: "the token's owner logged out",
    492: "the token's owner has no role on the Page any more",
    493: "the token was not used by its owner for 90 days",
}
MEANINGS: dict[tuple[int, int | None], Meaning] = {
    **{(code, None): NO_PERMISSION for code in (10, *range(200, 300))},
    **{(code, None): LIMIT for code in (4, 17, 32, 613, *range(80000, 80010))},
    **{(190, subcode): Meaning("bad_credentials", words, "credential") for subcode, words in DEAD_TOKENS.items()},
    (1, None): TROUBLE,
    (2, None): TROUBLE,
    (100, 33): NO_OBJECT,
    (102, None): Meaning("bad_credentials", "the session is over", "credential"),
    (104, None): Meaning("bad_credentials", "no token was sent", "credential"),
    (110, 2207013): Meaning("not_found", "no such account, or a personal one"),
    (368, None): Meaning("blocked", "blocked by Meta for abuse", "credential"),
    (803, None): Meaning("not_found", "no Page of that name, or a person's"),
}


def verdict(error: Error, reply: Reply) -> Refusal:
    """What an error means: by its codes, for its words are in whatever language Meta likes, and may quote the token."""
    meaning = _meaning(error)
    numbers = "/".join(str(number) for number in (error.code, error.error_subcode) if number is not None)
    again = {"unreachable": timedelta(seconds=2), "rate_limited": regained(usages_of(reply))}.get(meaning.reason)
    return Refusal(meaning.reason, f"Graph error {numbers}: {meaning.words}", meaning.scope, again)


def _meaning(error: Error) -> Meaning:
    known = MEANINGS.get((error.code, error.error_subcode)) or MEANINGS.get((error.code, None))
    if known:
        return known
    if error.code == 100:
        return _lacking(error)
    return TROUBLE if error.is_transient else UNHEARD_OF


def _lacking(error: Error) -> Meaning:
    """Meta gives no subcode for a lacking feature or proof: only these English words tell them from a lacking Page."""
    said = error.message.lower()
    if "appsecret" in said or "app secret proof" in said:
        return NO_PROOF
    if "page public" in said or "pages_read_engagement" in said:
        return NO_FEATURE
    return NO_OBJECT if error.type == "GraphMethodException" else UNHEARD_OF


def judged(reply: Reply) -> Refusal | None:
    """What an answer's error means, or else its status; None: it is for the source to read."""
    try:
        error = decode(reply.body, Answer).error
    except ShapeChanged:
        error = None
    return verdict(error, reply) if error else by_status(reply)


def refusal(reply: Reply) -> Refusal | None:
    """What is said of a whole request.

    That an account is not found is for the source to read: of one that was asked for alone it is true, and no batch says so.
    """
    said = judged(reply)
    return None if said and said.reason == "not_found" else said
