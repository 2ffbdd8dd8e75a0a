"""What Facebook and Instagram (and, but for Batch, Threads) share: the Graph API's errors, Batch, usage and proof.

https://developers.facebook.com/docs/graph-api/batch-requests
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Miss, Reading, Reason
from headcount.net.message import LONGEST_WAIT, Allowance, Pace, Post, Reply, Request
from headcount.platforms.contract import Absent, Exchange, Refusal, Secrets, Spoilt, authorized, by_status
from headcount.platforms.wire import decode, sift

T = TypeVar("T")

MOST_IN_BATCH = 50
PACE = Pace(200, per=3600, pool="graph")
"""What an app with one daily user may ask; every part of a batch counts."""
FULL, SLOW_DOWN_FROM = 100, 75
"""Per cent of the allowance used."""


class Error(Struct):
    code: int
    error_subcode: int | None = None
    type: str = ""
    message: str = ""
    is_transient: bool = False


class Answer(Struct):
    error: Error | None = None


class Part(Struct):
    code: int
    body: str


class Usage(Struct):
    """Per cent of the allowance; minutes until there is some again."""

    call_count: float = 0
    total_time: float = 0
    total_cputime: float = 0
    estimated_time_to_regain_access: float = 0


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
    again = {"unreachable": timedelta(seconds=2), "rate_limited": _regained(_usages(reply))}.get(meaning.reason)
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
    """What is said of a whole batch: there, an error about some account is a misunderstanding."""
    said = judged(reply)
    return structs.replace(said, reason="shape_changed") if said and said.reason == "not_found" else said


Path = Callable[[Account], str]
"""Where to ask about an account: `NASA?fields=id`."""

Read = Callable[[Account, str], Iterator[Reading | Miss]]
"""What the answer about an account says.

Raises:
    ShapeChanged: where it says nothing that we know.
"""


def in_batch(accounts: Sequence[Account], version: str, path: Path, read: Read) -> Exchange:
    """Ask about up to 50 accounts at once; those that Meta had trouble with are asked once more."""
    troubled = yield from _round(accounts, version, path, read)
    if troubled:
        yield from (yield from _round([miss.account for miss in troubled], version, path, read))


def _round(
    accounts: Sequence[Account], version: str, path: Path, read: Read
) -> Generator[Request | Reading | Miss | Absent | Spoilt | Refusal, Reply, list[Miss]]:
    """One batch. Returns the accounts that are worth asking again; after a refusal of the token, nobody is."""
    reply = yield _batch(version, [path(account) for account in accounts])
    items = decode(reply.body, list[object])
    if len(items) != len(accounts):
        raise ShapeChanged(f"{len(items)} answers to {len(accounts)} questions")
    troubled, refused = [], []
    for account, item in zip(accounts, items, strict=True):
        for said in _said(account, item, reply, read):
            if isinstance(said, Refusal):
                refused.append(said)
            elif isinstance(said, Miss) and said.reason == "unreachable":
                troubled.append(said)
            else:
                yield said
    yield from refused[:1]
    return [] if refused else troubled


def _batch(version: str, paths: Sequence[str]) -> Post:
    calls = [{"method": "GET", "relative_url": path} for path in paths]
    form = {"batch": msgspec.json.encode(calls).decode(), "include_headers": "true"}
    return Post(f"{{api}}/{version}/", form=form, calls=len(calls))


def _said(account: Account, item: object, reply: Reply, read: Read) -> Iterator[Reading | Miss | Refusal]:
    """What one part of a batch says; a refusal is one of the token, and so of everybody."""
    if item is None:
        yield Miss(account, "unreachable", "Meta did not get to it in time", final=False)
        return
    (part,) = sift([item], Part)
    if isinstance(part, Spoilt):
        yield Miss(account, "shape_changed", part.detail, final=False)
        return
    refused = judged(Reply(part.code, reply.headers, part.body.encode("utf-8", "replace"), reply.at))
    if refused:
        yield refused if refused.scope != "batch" else Miss(account, refused.reason, refused.detail, final=False)
        return
    try:
        yield from read(account, part.body)
    except ShapeChanged as error:
        yield Miss(account, "shape_changed", str(error), final=False)


def sign(request: Request, secrets: Secrets) -> Request:
    """With the token and the proof of the app's secret, if there is one.

    A batch takes its token from the form only, as far as Meta documents; no address ever holds it.
    """
    token = secrets["token"]
    proof = {"appsecret_proof": _proof(secrets["app_secret"], token)} if "app_secret" in secrets else {}
    if isinstance(request, Post):
        return structs.replace(request, form={**request.form, "access_token": token, **proof})
    return structs.replace(authorized(request, f"Bearer {token}"), query={**request.query, **proof})


def _proof(secret: str, token: str) -> str:
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def allowance(reply: Reply) -> Allowance | None:
    """What the usage headers leave: full use shuts, and from three quarters on we slow down. Below that they are silent."""
    usages = _usages(reply)
    used = max((max(usage.call_count, usage.total_time, usage.total_cputime) for usage in usages), default=0.0)
    if used >= FULL or any(usage.estimated_time_to_regain_access > 0 for usage in usages):
        return Allowance(shut_until=reply.at + _regained(usages))
    return Allowance(remaining=PACE.amount * (FULL - used) / FULL) if used >= SLOW_DOWN_FROM else None


def _regained(usages: Iterable[Usage]) -> timedelta:
    """How long until there is an allowance again: as Meta estimates, or an hour."""
    minutes = max((usage.estimated_time_to_regain_access for usage in usages), default=0.0)
    return min(timedelta(minutes=min(minutes, 10_000)), LONGEST_WAIT) if minutes > 0 else timedelta(hours=1)


def _usages(reply: Reply) -> list[Usage]:
    simple = [_header(reply, name, Usage) for name in ("x-app-usage", "x-page-usage")]
    by_business = _header(reply, "x-business-use-case-usage", dict[str, list[Usage]]) or {}
    return [*filter(None, simple), *(usage for usages in by_business.values() for usage in usages)]


def _header(reply: Reply, name: str, kind: type[T]) -> T | None:
    try:
        return decode(reply.headers.get(name, ""), kind)
    except ShapeChanged:
        return None
