"""The lines of one account in an older and a newer roster, side by side. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from headcount.model import Entry

_ALIKE: tuple[Callable[[Entry], Hashable], ...] = (
    lambda entry: (entry.unit, entry.since, entry.until),
    lambda entry: (entry.unit, "since", entry.since),
    lambda entry: (entry.unit, "until", entry.until),
    lambda entry: entry.unit,
    lambda _: None,
)
"""What two lines have in common that are one line, at two times: the surest first."""


def paired(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Each line of the one with its like in the other; what is left has gone, or has come."""
    left, fresh = list(old), list(new)
    for alike in _ALIKE:
        for gone in tuple(left):
            come = next((each for each in fresh if alike(each) == alike(gone)), None)
            if come:
                left.remove(gone)
                fresh.remove(come)
                yield gone, come
    yield from ((gone, None) for gone in left)
    yield from ((None, come) for come in fresh)
