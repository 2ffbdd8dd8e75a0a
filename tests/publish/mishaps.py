"""Children that publish, and to whom something happens at their n-th step upon the disk."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Literal

from headcount.errors import DeliveryError

STEPS = {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}
"""What Python tells its audit hooks of; forcing to the disk is added."""

Step = Callable[[], object]
Ending = Literal["killed", "said so", "went on", "was not reached"]
ENDINGS: dict[int, Ending] = {0: "was not reached", DeliveryError.exit_status: "said so", 10: "went on"}


class Child:
    """A process of its own to which something happens at its n-th change below a folder."""

    def __init__(self, root: Path, number: int, error: int = 0) -> None:
        self._root, self._number, self._error = str(root), number, error
        self._steps = count(1)
        self._reached = False

    def does(self, work: Step) -> Ending:
        """How it ended."""
        child = os.fork()
        if child:
            status = os.waitpid(child, 0)[1]
            return "killed" if os.WIFSIGNALED(status) else ENDINGS[os.WEXITSTATUS(status)]
        status = 1
        try:
            vars(os)["fsync"] = self._forced
            sys.addaudithook(self._hear)
            work()
            status = 10 if self._reached else 0
        except DeliveryError as error:
            status = error.exit_status if says_what_to_do(error) else 1
        finally:
            os._exit(status)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and str(arguments[0]).startswith(self._root) and is_change(event, arguments):
            self._step(str(arguments[0]))

    def _forced(self, handle: int) -> None:
        """Only power cuts make a difference whether it is done."""
        self._step(Path(f"/proc/self/fd/{handle}").readlink().as_posix())

    def _step(self, path: str) -> None:
        if next(self._steps) != self._number:
            return
        self._reached = True
        if not self._error:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(self._error, os.strerror(self._error), path)


def is_change(event: str, arguments: tuple[object, ...]) -> bool:
    """Reading is none."""
    return event != "open" or bool(int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR))


def says_what_to_do(error: DeliveryError) -> bool:
    said = str(error)
    return "could not be written: " in said and said.endswith("mend the folder and run `headcount publish`.")
