"""Whose a reading is: the account that has the id in the answer, and never two at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import structs

from headcount.model import Account, Miss, Outcome, Reading
from headcount.store.nouns import Closure, Known

Claim = tuple[str, str, str]
"""A platform, a scheme and an id."""

REOPEN = "headcount account reopen"
"""Stands in the miss of whoever is not counted because a person said so: it says by itself what to do."""


class Identities:
    """The owner of every id: as the store knows it, and as this run has found it."""

    def __init__(self, known: Iterable[Known], asked: Iterable[str]) -> None:
        self._asked = frozenset(asked)
        self._owners: dict[Claim, str] = {}
        self._closed: dict[str, Closure] = {}
        self._nameless: set[str] = set()
        """Handed over, and not known to go by any other handle since."""
        for each in known:
            self._closed |= {each.key: each.closed} if each.closed else {}
            self._nameless |= {each.key} if each.closed and not each.today else set()
            self._owners |= {(each.platform, scheme, value): each.key for scheme, value in each.ids.items()}

    def settle(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Each outcome under the account that it is about.

        A reading whose id is another account's that is asked for too, or a new one that several of these outcomes claim,
        is nobody's: one of them is a mistake, and nobody can say which. Where the other account is not asked for, it has
        taken a new handle, and the reading is its own; unless it was closed, which only a person takes back.
        """
        heard = list(outcomes)
        claimed = Counter(claim for claim, _ in {pair for outcome in heard for pair in _claims(outcome)})
        for outcome in heard:
            new = [claim for claim, _ in _claims(outcome) if claim not in self._owners]
            shared = any(claimed[claim] > 1 for claim in new)
            yield outcome if isinstance(outcome.said, Miss) else self._settled(outcome, shared=shared)

    def _settled(self, outcome: Outcome, *, shared: bool) -> Outcome:
        claims, asked = _claims(outcome), outcome.account.key
        owners = {self._owners[claim] for claim, _ in claims if claim in self._owners} or {asked}
        if closed := sorted((owners - {asked}) & self._closed.keys() or owners & self._nameless):
            return _nobodys(outcome, self._closed_to(outcome, closed[0]))
        if shared or len(owners) > 1 or (owners - {asked}) & self._asked:
            whose = ", ".join(sorted(owners - {asked})) or "another account that was asked for"
            return _nobodys(outcome, f"{_in_words(claims)} is also that of {whose}")
        (owner,) = owners
        self._owners |= dict.fromkeys((claim for claim, _ in claims), owner)
        return outcome if owner == asked else _rekeyed(outcome, owner)

    def _closed_to(self, outcome: Outcome, key: str) -> str:
        """Why a reading is not kept that a closed account answers with, and what to do."""
        closure, reopen = self._closed[key], f"`{REOPEN} {key} --why TEXT`"
        by = _in_words(_claims(outcome))
        if closure.kind == "archived":
            return f"{by} is also that of {key}, which was {closure}; if it is to be counted, {reopen}"
        return (
            f"people and the platform contradict each other: {key} was {closure}, yet it still answers to "
            f"{outcome.account.handle}" + (f" ({by})" if by else "") + f"; if it has kept the handle, {reopen}; "
            "if another account was handed over, reopen this one and hand over that one"
        )


def _claims(outcome: Outcome) -> frozenset[tuple[Claim, str]]:
    """The ids that an outcome says are its account's."""
    said = outcome.said
    if isinstance(said, Miss):
        return frozenset()
    return frozenset(((said.account.platform, scheme, value), said.account.key) for scheme, value in said.ids.items())


def _in_words(claims: Iterable[tuple[Claim, str]]) -> str:
    return ", ".join(sorted(f"{scheme} id {value}" for (_, scheme, value), _ in claims))


def _nobodys(outcome: Outcome, why: str) -> Outcome:
    return structs.replace(outcome, said=Miss(outcome.account, "renamed_or_reused", why))


def _rekeyed(outcome: Outcome, owner: str) -> Outcome:
    assert isinstance(outcome.said, Reading)
    account = Account(owner, outcome.account.handle, outcome.account.ids)
    return structs.replace(outcome, said=structs.replace(outcome.said, account=account))
