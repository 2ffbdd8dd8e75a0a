"""The same installation, run by the command line: by processes of their own, at the hour that it is there."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.system import at
from tests.system.outpost import Outpost
from tests.system.shell import Ran, finished


class Commanded(Outpost):
    """What is done in an hour is done by commands, all of them begun at the same moment."""

    commands: Sequence[tuple[str, ...]] = (("run",),)
    ran: Sequence[Ran] = ()
    """What the newest came to."""

    async def work(self) -> None:
        """Every command, to its end."""
        self.ran = await asyncio.gather(*(asyncio.to_thread(self.says, *words) for words in self.commands))

    def says(self, *words: str) -> Ran:
        """What a command comes to, now; by itself it can ask no platform."""
        return finished(self.line(*words), self.folder)

    def line(self, *words: str) -> Sequence[str]:
        """How a command is given now."""
        return [sys.executable, "-P", str(Path(at.__file__)), self.clock.now().isoformat(), *words]
