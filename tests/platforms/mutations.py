"""What can happen to a good reply: each mutator makes one change, and never one that no reader could notice.

A change that turns the digits of a count into another well-formed count, with all around it intact, is what nobody can
notice; so mutators know every place where a count stands (`mutant.counts`), and there make only changes that leave no sound
number behind, or change one of several copies. Everywhere else, anything goes.
"""

from __future__ import annotations

from random import Random

from tests.platforms.good.reply import Good
from tests.platforms.mutators.count import localised, one_copy, spelt, spoilt
from tests.platforms.mutators.mutant import Mutant, Mutator
from tests.platforms.mutators.rough import deleted, encoded, flipped, inserted, swapped, truncated
from tests.platforms.mutators.shape import doubled, relisted, renamed, reordered, spaced, trapped
from tests.platforms.mutators.whom import another, another_id, another_name, another_status, foreign, walled

MUTATORS: dict[Mutator, int] = {
    truncated: 8, flipped: 10, deleted: 7, inserted: 7, swapped: 5, encoded: 4,
    spoilt: 12, one_copy: 3, localised: 4, spelt: 3,
    reordered: 3, spaced: 2, renamed: 8, trapped: 12, doubled: 6, relisted: 4,
    another: 8, another_id: 3, another_name: 3, another_status: 2, walled: 2, foreign: 2,
}  # fmt: skip
"""How often each is chosen."""


def mutant(rng: Random, good: Good) -> Mutant:
    """A change of any kind."""
    while True:
        (mutator,) = rng.choices(list(MUTATORS), weights=list(MUTATORS.values()))
        if made := mutator(rng, good):
            return made
