"""A change that takes many accounts of one platform at once, and is none that a purge makes: a fault, read ever so often."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.check.case import Case
from headcount.check.together import STEEPEST, Change, differ, many

ALIKE = 0.1
"""A purge that takes the same share of all takes no more than that."""


def sweep(case: Case) -> str | None:
    """How many accounts of the platform are held with such a change, this one among them; None: not enough to be a fault."""
    if not case.last:
        return None
    own = Change("", case.last.count.value, case.now.count.value, held=True)
    held = [own, *_held(case)]
    most = STEEPEST if differ(held) else ALIKE
    swept = [each for each in held if not 0 <= each.fallen <= most]
    counted = 1 + sum(each.shown is not None for each in case.others)
    if own not in swept or not many(len(swept), counted):
        return None
    return f"{len(swept)} of the platform's {counted} accounts changed so at once"


def _held(case: Case) -> Iterator[Change]:
    for each in case.others:
        if each.doubtful and each.shown is not None and each.said is not None:
            yield Change(each.key, each.shown, each.said, held=True)
