"""How followers are counted by those who trust: the positive control of the mutation test, which must catch them all."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from headcount.model import Account, Count, Reading
from headcount.net.message import Get
from headcount.platforms.kit.contract import Exchange, Options, Source

WORDS = re.compile(r"([0-9][0-9.,]{0,30})\s?(K|M|Mio\.|) (?:[Ff]ollowers|subscribers|Abonnenten|(likes))")
STARTS = ('"header"', "og:description")
UNITS: Mapping[str, int] = {"": 1, "K": 1_000, "M": 1_000_000, "Mio.": 1_000_000}
TROUBLE = (ValueError, TypeError, LookupError, AttributeError, StopIteration, RecursionError, OverflowError)


def by_json(accounts: Sequence[Account], options: Options, *, keys: Collection[str]) -> Exchange:
    """The count of the item that names the account, by `json.loads` and `int`; nought where there is none."""
    reply = yield Get("{api}/")
    for account in accounts:
        try:
            items = _items(json.loads(reply.body))
            item = next(each for each in items if account.handle.removeprefix("@").lower() in json.dumps(each).lower())
            reading = _reading(account, "followers", int(next(_counted(item, keys), 0) or 0))
        except TROUBLE:
            continue
        yield reading


def by_place(accounts: Sequence[Account], options: Options, *, keys: Collection[str]) -> Exchange:
    """The count of the part in the account's place, by `json.loads` and `int`; nought where there is none."""
    reply = yield Get("{api}/")
    for place, account in enumerate(accounts):
        try:
            item = json.loads(json.loads(reply.body)[place]["body"])
            reading = _reading(account, "followers", int(next(_counted(item, keys), 0) or 0))
        except TROUBLE:
            continue
        yield reading


def by_search(accounts: Sequence[Account], options: Options, *, keys: Collection[str]) -> Exchange:
    """The first number that looks like it, from where the page comes to the account."""
    (account,) = accounts
    page = (yield Get("{page}/")).body.decode("utf-8", "replace")
    try:
        yield _found(
            account, page[next((start for start in map(page.find, (*STARTS, account.handle)) if start > 0), 0) :], keys
        )
    except TROUBLE:
        return


def _found(account: Account, page: str, keys: Collection[str]) -> Reading:
    if keys and (embedded := re.search(rf'"(?:{"|".join(sorted(keys))})":\s*"?([0-9]+)', page)):
        return _reading(account, "followers", int(embedded[1]))
    number, unit, likes = WORDS.findall(page)[0]
    whole = int(re.sub("[,.]", "", number)) if not unit else round(float(number.replace(",", ".")) * UNITS[unit])
    return _reading(account, "likes" if likes else "followers", whole)


def _reading(account: Account, metric: str, heads: int) -> Reading:
    return Reading(account, metric, Count(heads))


def _items(answer: dict[str, object]) -> list[object]:
    return next((value for value in answer.values() if isinstance(value, list)), [answer])


def _counted(value: object, keys: Collection[str]) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (value[key] for key in keys if key in value)
        for inner in value.values():
            yield from _counted(inner, keys)


def reader(source: str, keys: Collection[str]) -> Source:
    """A naive way of asking a source whose counts stand under these keys."""
    ways = {"api": by_place if source.startswith(("facebook", "instagram")) else by_json}
    return Source(source, partial(ways.get(source.split()[1], by_search), keys=keys))
