"""Short words that rows repeat (metrics, sources, jobs, reasons, kinds of rounding), kept once and named by a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sqlalchemy import Connection, select

from headcount.model import Reason, Rounding
from headcount.store import schema
from headcount.store.rows import insert


class Names:
    """The words of the store, as they are in this transaction; few enough to be read whole."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words: dict[int, str] = {row.id: row.name for row in connection.execute(select(schema.names))}
        self._ids = {name: id_ for id_, name in self._words.items()}

    def __getitem__(self, id_: int) -> str:
        return self._words[id_]

    def reason(self, id_: int) -> Reason:
        """A word that is a miss's reason."""
        return cast("Reason", self._words[id_])

    def rounding(self, id_: int) -> Rounding:
        """A word that is a way of rounding."""
        return cast("Rounding", self._words[id_])

    def known(self, name: str) -> int:
        """The number of a word; -1, which is nobody's, where it has none."""
        return self._ids.get(name, -1)

    def keep(self, words: Iterable[str]) -> dict[str, int]:
        """The numbers of words, which are remembered where they are new."""
        new = sorted({*words} - self._ids.keys())
        numbered = dict(enumerate(new, max(self._words, default=0) + 1))
        insert(self._connection, schema.names, [{"id": id_, "name": name} for id_, name in numbered.items()])
        self._words |= numbered
        self._ids |= {name: id_ for id_, name in numbered.items()}
        return self._ids
