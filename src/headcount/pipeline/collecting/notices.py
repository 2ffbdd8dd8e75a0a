"""What a run has found out about accounts that people should know, each in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from headcount.model import Fill, Job, Miss
from headcount.pipeline.collecting.identity import REOPEN
from headcount.pipeline.house import House
from headcount.roster.joined import in_two_ways, two_ways
from headcount.roster.keys import fold


def notices(house: House, job: Job, fills: Sequence[Fill]) -> tuple[str, ...]:
    """Handles that another account answers to or that have changed, and accounts that are archived, or named in two ways."""
    twice = (two_ways(each) for each in in_two_ways(house.meant(job)))
    return (*_others(fills), *_followed(house, fills), *_archived(house, job), *twice)


def what_to_do(key: str) -> str:
    """About an account whose handle another one answers to."""
    return (
        f"if the handle has passed to another account, `headcount account handover {key}`; "
        "if the roster is wrong, correct it"
    )


def _others(fills: Iterable[Fill]) -> Iterator[str]:
    for fill in fills:
        said = fill.outcome.said
        if isinstance(said, Miss) and said.reason == "renamed_or_reused":
            yield _not_counted(said)


def _not_counted(said: Miss) -> str:
    key = said.account.key
    if REOPEN in said.detail:
        return f"{key} is not counted: {said.detail}"
    return f"{key}: its handle answers with another account ({said.detail}), which is not counted: {what_to_do(key)}"


def _followed(house: House, fills: Iterable[Fill]) -> Iterator[str]:
    """Accounts that answered with another handle under their own id. The store has the last word, and is seldom asked."""
    suspects = [key for fill in fills if (key := _suspect(house, fill))]
    if not suspects:
        return
    now = {each.key: each for each in house.store.accounts()}
    for key in dict.fromkeys(suspects):
        before, after = house.known[key].held, now[key].held
        if before and len(after) > len(before):
            yield (
                f"{key} goes by {after[-1].handle} now, no longer by {before[-1].handle}, and is counted on; if the roster means "
                f"whoever has {before[-1].handle} today, `headcount account handover {key}`"
            )


def _suspect(house: House, fill: Fill) -> str | None:
    """The key of an account that did not answer with the handle that it had."""
    said = fill.outcome.said
    known = house.known.get(said.account.key)
    if isinstance(said, Miss) or said.handle is None or not (known and known.handles):
        return None
    last = fold(known.platform, known.handles[-1])
    return None if fold(known.platform, said.handle) == last else known.key


def _archived(house: House, job: Job) -> Iterator[str]:
    number = len({account.key for _, account in house.meant(job) if house.archived(account.key)})
    if number:
        yield f"{number} archived and not asked about: `headcount account list` names them"
