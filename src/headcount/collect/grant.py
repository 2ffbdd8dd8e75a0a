"""Has a credential granted that a source needs, from others that last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from headcount.collect.drive import Ask, refused
from headcount.errors import Exhausted, NoReply, ShapeChanged
from headcount.platforms.kit.contract import Grant, Refusal, Secrets


async def granted(grant: Grant, ask: Ask, secrets: Secrets) -> Secrets | Refusal:
    """The secrets and what was granted on their strength, or why it was not."""
    asking = grant.ask()
    try:
        request = next(asking)
        while True:
            request = asking.send(await ask(request))
    except StopIteration as end:
        return end.value if isinstance(end.value, Refusal) else {**secrets, grant.gives: end.value}
    except (ShapeChanged, NoReply, Exhausted) as error:
        return refused(error)


def fingerprint(secrets: Secrets, names: Iterable[str]) -> str:
    """Tells credentials apart without telling what they are: allowances are kept under it."""
    digest = hashlib.blake2b(digest_size=6, person=b"headcount")
    for name in sorted(names):
        digest.update(f"{name}={secrets.get(name, '')}\n".encode())
    return digest.hexdigest()
