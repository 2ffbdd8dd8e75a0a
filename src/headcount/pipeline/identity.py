"""Whose a reading is: the account that has the id in the answer, and never two at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import structs

from headcount.model import Account, Miss, Outcome, Reading
from headcount.store.nouns import Closure, Known

Claim = tuple[str, str, str]
"""A platform, a scheme and an id."""


class Identities:
    """The owner of every id: as the store knows it, and as this run has found it."""

    def __init__(self, known: Iterable[Known], asked: Iterable[str]) -> None:
        self._asked = frozenset(asked)
        self._owners: dict[Claim, str] = {}
        self._closed: dict[str, Closure] = {}
        for each in known:
            self._closed |= {each.key: each.closed} if each.closed else {}
            self._owners |= {(each.platform, scheme, value): each.key for scheme, value in each.ids.items()}

    def settle(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Each outcome under the account that it is about.

        A reading whose id is another account's that is asked for too, or that several of these outcomes claim, is
        nobody's: one of them is a mistake, and nobody can say which. Where the other account is not asked for, it has
        taken a new handle, and the reading is its own; unless it was closed, which only a person takes back.
        """
        heard = list(outcomes)
        claimed = Counter(claim for claim, _ in {pair for outcome in heard for pair in _claims(outcome)})
        for outcome in heard:
            yield self._settled(outcome, shared=any(claimed[claim] > 1 for claim, _ in _claims(outcome)))

    def _settled(self, outcome: Outcome, *, shared: bool) -> Outcome:
        claims = _claims(outcome)
        owners = {self._owners[claim] for claim, _ in claims if claim in self._owners} or {outcome.account.key}
        others = owners - {outcome.account.key}
        if shared or len(owners) > 1 or others & (self._asked | self._closed.keys()):
            return self._nobodys(outcome, claims, others)
        (owner,) = owners
        self._owners |= dict.fromkeys((claim for claim, _ in claims), owner)
        return outcome if owner == outcome.account.key else _rekeyed(outcome, owner)

    def _nobodys(self, outcome: Outcome, claims: frozenset[tuple[Claim, str]], others: set[str]) -> Outcome:
        ids = ", ".join(sorted(f"{scheme} id {value}" for (_, scheme, value), _ in claims))
        whose = ", ".join(map(self._described, sorted(others))) or "another account that was asked for"
        miss = Miss(outcome.account, "renamed_or_reused", f"{ids} is also that of {whose}")
        return structs.replace(outcome, said=miss)

    def _described(self, key: str) -> str:
        return f"{key}, which was {self._closed[key]}" if key in self._closed else key


def _claims(outcome: Outcome) -> frozenset[tuple[Claim, str]]:
    """The ids that an outcome says are its account's."""
    said = outcome.said
    if isinstance(said, Miss):
        return frozenset()
    return frozenset(((said.account.platform, scheme, value), said.account.key) for scheme, value in said.ids.items())


def _rekeyed(outcome: Outcome, owner: str) -> Outcome:
    assert isinstance(outcome.said, Reading)
    account = Account(owner, outcome.account.handle, outcome.account.ids)
    return structs.replace(outcome, said=structs.replace(outcome.said, account=account))
