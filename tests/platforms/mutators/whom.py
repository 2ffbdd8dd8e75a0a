"""Another account, and other replies altogether."""

from __future__ import annotations

import re
from random import Random

from tests.platforms.good.reply import STRANGER, Good
from tests.platforms.good_replies import replies
from tests.platforms.mutators.mutant import Mutant
from tests.platforms.mutators.walls import WALLS


def another(rng: Random, good: Good) -> Mutant:
    """Another account's object, in the same shape, in place of the right one, before it or after it."""
    twin = rng.choice(good.twins)
    own, other = twin
    between = "\n" if own.startswith("<") else ","
    places = {
        "in place of every": good.body.replace(own, other),
        "in place of the first": good.body.replace(own, other, 1),
        "before": good.body.replace(own, other + between + own),
        "after": good.body.replace(own, own + between + other),
    }
    place = rng.choice(list(places))
    alone = place.startswith("in") or twin == good.twins[0]
    return Mutant(f"another's object {place} {own[:60]}", places[place].encode(), confined=alone and not good.is_page)


def another_id(rng: Random, good: Good) -> Mutant | None:
    """The watched account's id, changed wherever it stands: whoever is pinned by it is not found under another."""
    if not good.ids:
        return None
    scheme, old = rng.choice(list(good.ids.items()))
    place = rng.randrange(3, len(old))
    new = old[:place] + rng.choice([digit for digit in "23456789" if digit != old[place]]) + old[place + 1 :]
    body = good.body.replace(old, new).encode()
    return Mutant(
        f"{scheme} id {old} now {new}", body, confined=not good.is_page, unreadable=scheme in good.watched.ids
    )


def another_name(rng: Random, good: Good) -> Mutant:
    """The watched account's handle, changed wherever it stands: whoever was asked for by it is not found under another."""
    (old,) = good.names
    new = rng.choice((STRANGER.handle, old[:-1], f"{old}2", f"{old}_", "\u0420" + old[1:]))
    body = re.sub(re.escape(old), new, good.body, flags=re.IGNORECASE).encode()
    return Mutant(f"handle {old} now {new}", body, confined=not good.is_page, unreadable=not good.pinned)


def another_status(rng: Random, good: Good) -> Mutant:
    status = rng.choice(
        (204, 205, 206, 301, 302, 304, 400, 401, 402, 403, 404, 408, 409, 410, 418, 429, 451, 500, 502, 503)
    )
    return Mutant(f"HTTP {status}", good.body.encode(), status)


def walled(rng: Random, good: Good) -> Mutant:
    name = rng.choice(list(WALLS))
    body = WALLS[name].replace("HANDLE", good.watched.handle)
    status = rng.choice((200, 200, 200, 400, 403))
    return Mutant(f"{name} with HTTP {status}", body.encode(), status, unreadable=True)


EVERYTHING = replies()


def foreign(rng: Random, good: Good) -> Mutant:
    """The reply of another platform, or of another source, about whoever has the same handle there."""
    other = rng.choice([each for each in EVERYTHING if each.source != good.source])
    return Mutant(f"the reply of {other.source}", other.body.encode(), unreadable=True)
