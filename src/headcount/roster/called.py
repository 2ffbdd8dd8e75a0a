"""Which account a person means by a key: the key itself, or the platform and any handle that the account has had. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from headcount.errors import Mistake
from headcount.platforms import canonical, slugs
from headcount.roster.keys import fold, key_of
from headcount.roster.resolve import Known, People
from headcount.roster.spelling import nearest


class Directory:
    """Every account that the store knows or the roster names, by its key and by its handles.

    A key means its own account before any handle does, and a handle means whoever has it today before who once had it.
    """

    def __init__(self, people: People, known: Iterable[Known]) -> None:
        accounts = sorted(known, key=lambda each: len(each.key))
        self._keys = {account.key for _, account in people} | {each.key for each in accounts}
        self._by_name: dict[str, str] = {}
        for each in accounts:
            self._add(each.platform, each.handles[:-1], each.key)
        for each in accounts:
            self._add(each.platform, each.today[-1:], each.key)
        for entry, account in people:
            self._add(entry.platform, (entry.handle,), account.key)

    def key(self, text: str) -> str:
        """The key of the account that is meant.

        Raises:
            Mistake: with the nearest good spelling, where nobody is called so.
        """
        if found := self.find(text):
            return found
        hint = nearest(text, self._keys)
        raise Mistake(
            f"nobody is called {text!r}" + (f" ({hint})" if hint else ": `headcount account list` names everyone")
        )

    def find(self, text: str) -> str | None:
        """The key of the account that is meant, or None."""
        slug, _, name = text.partition("/")
        slug = canonical(slug)
        if (whole := f"{slug}/{name.lower()}") in self._keys:
            return whole
        if slug not in slugs():
            return None
        own = key_of(slug, name)
        found = self._by_name.get(f"{slug}/{fold(slug, name)}") or self._by_name.get(own)
        return found or (own if own in self._keys else None)

    def _add(self, platform: str, handles: Iterable[str], key: str) -> None:
        for name in _names(platform, handles):
            self._by_name[name] = key


def _names(platform: str, handles: Iterable[str]) -> Iterator[str]:
    """As people write them, and as the configuration keeps them."""
    for handle in handles:
        yield f"{platform}/{fold(platform, handle)}"
        yield key_of(platform, handle)
