"""Has a credential granted that a source needs, from others that last."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable

from msgspec import structs

from headcount.collect.drive import Ask, refused
from headcount.errors import Exhausted, NoReply, ShapeChanged
from headcount.net.message import Reply, Request
from headcount.platforms.kit.contract import Grant, Refusal, Secrets, Source


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


class Pass:
    """What a source signs with. Some of it may have been granted, and is granted once more when it is refused."""

    def __init__(self, secrets: Secrets, again: Callable[[], Awaitable[Secrets | Refusal]] | None = None) -> None:
        self.secrets = secrets
        self.is_granted = again is not None
        self._again = again
        self._renewing = asyncio.Lock()

    async def renewed(self, used: Secrets) -> bool:
        """Whether there are other secrets than those that were `used`; only the first who asks has them granted."""
        async with self._renewing:
            if self._again and self.secrets == used:
                again, self._again = self._again, None
                given = await again()
                self.secrets = used if isinstance(given, Refusal) else given
            return self.secrets != used


class Renewing:
    """Asks as `ask` does, which signs with `held`, and asks again where what was granted is no longer taken."""

    def __init__(self, ask: Ask, source: Source, held: Pass) -> None:
        self._ask, self._source, self._pass = ask, source, held

    async def __call__(self, request: Request) -> Reply:
        """The reply.

        Raises:
            NoReply: where none came.
            Exhausted: where none may be asked for.
        """
        used = self._pass.secrets
        reply = await self._ask(request)
        refusal = self._source.refusal(reply)
        if refusal and refusal.reason == "bad_credentials" and await self._pass.renewed(used):
            return await self._ask(request)
        return reply


def of_granted(source: Source) -> Source:
    """The source, which says of a bad credential that it is the one that was granted: what it was granted for is good."""

    def refusal(reply: Reply) -> Refusal | None:
        refused = source.refusal(reply)
        if refused is None or refused.reason != "bad_credentials":
            return refused
        return structs.replace(refused, detail=f"the granted token: {refused.detail}")

    return structs.replace(source, refusal=refusal)


def fingerprint(secrets: Secrets, names: Iterable[str]) -> str:
    """Tells credentials apart without telling what they are: allowances are kept under it."""
    digest = hashlib.blake2b(digest_size=6, person=b"headcount")
    for name in sorted(names):
        digest.update(f"{name}={secrets.get(name, '')}\n".encode())
    return digest.hexdigest()
