"""What Facebook and Instagram share: the Graph API, its Batch and its proof.

https://developers.facebook.com/docs/graph-api/batch-requests
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Generator, Iterator, Sequence

import msgspec
from msgspec import Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Miss, Reading
from headcount.net.message import Get, Post, Reply, Request
from headcount.platforms.kit.contract import Absent, Exchange, Options, Refusal, Secrets, Source, Spoilt
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.graph_errors import judged, refusal
from headcount.platforms.kit.graph_usage import PACE, allowance
from headcount.platforms.kit.signing import authorized
from headcount.platforms.kit.wire import decode, sift

HOST = "https://graph.facebook.com"
OPTIONS = {"version": "v25.0"}
APP_SECRET = Credential("app_secret", "the app's secret, with which every request is proved to be the app's own")
MOST_IN_BATCH = 50


class Question(Struct, frozen=True):
    """What is asked about an account: of `NASA`, `id,username`."""

    node: str
    fields: str


class Part(Struct):
    code: int
    body: str


Ask = Callable[[Account], Question]

Read = Callable[[Account, bytes], Iterator[Reading | Miss]]
"""What the answer about an account says.

Raises:
    ShapeChanged: where it says nothing that we know.
"""


def exchange(accounts: Sequence[Account], options: Options, ask: Ask, read: Read) -> Exchange:
    """One account for itself; several in one batch, and those that Meta had trouble with once more."""
    version = options["version"]
    if len(accounts) == 1:
        yield from _alone(accounts[0], version, ask, read)
    elif troubled := (yield from _batch(accounts, version, ask, read)):
        yield from (yield from _batch([miss.account for miss in troubled], version, ask, read))


def _alone(account: Account, version: str, ask: Ask, read: Read) -> Exchange:
    asked = ask(account)
    reply = yield Get(f"{{api}}/{version}/{asked.node}", {"fields": asked.fields})
    yield from _told(account, reply, read)


def _batch(
    accounts: Sequence[Account], version: str, ask: Ask, read: Read
) -> Generator[Request | Reading | Miss | Absent | Spoilt | Refusal, Reply, list[Miss]]:
    """One batch. Returns the accounts that are worth asking again; after a refusal of the token, nobody is."""
    reply = yield _post(version, [ask(account) for account in accounts])
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


def _post(version: str, questions: Sequence[Question]) -> Post:
    calls = [{"method": "GET", "relative_url": f"{asked.node}?fields={asked.fields}"} for asked in questions]
    form = {"batch": msgspec.json.encode(calls).decode(), "include_headers": "true"}
    return Post(f"{{api}}/{version}/", form=form, calls=len(calls))


def _said(account: Account, item: object, reply: Reply, read: Read) -> Iterator[Reading | Miss | Refusal]:
    """What one part of a batch says."""
    if item is None:
        yield Miss(account, "unreachable", "Meta did not get to it in time", final=False)
        return
    (part,) = sift([item], Part)
    if isinstance(part, Spoilt):
        yield Miss(account, "shape_changed", part.detail, final=False)
    else:
        yield from _told(account, Reply(part.code, reply.headers, part.body.encode("utf-8", "replace"), reply.at), read)


def _told(account: Account, reply: Reply, read: Read) -> Iterator[Reading | Miss | Refusal]:
    """What an answer about one account says; a refusal is one of the token, and so of everybody."""
    if refused := judged(reply):
        yield refused if refused.scope != "batch" else Miss(account, refused.reason, refused.detail, final=False)
        return
    if reply.status != 200:
        yield Miss(account, "shape_changed", f"HTTP {reply.status} for one account", final=False)
        return
    try:
        yield from read(account, reply.body)
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


def source(ask: Callable[[Sequence[Account], Options], Exchange], about: str, needs: tuple[str, ...]) -> Source:
    """The source `api` of a platform that is asked by Batch."""
    return Source(
        name="api",
        ask=ask,
        about=about,
        batch=MOST_IN_BATCH,
        needs=needs,
        pace=PACE,
        sign=sign,
        refusal=refusal,
        allowance=allowance,
        misses=("not_found", "renamed_or_reused", "missing_permission", "bad_credentials", "blocked"),
    )
