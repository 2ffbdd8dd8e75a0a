"""A process that watches once, and is killed at a given place: `python -m tests.watch.doomed FOLDER PLACE AT`."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from headcount.pipeline.house import Premises
from headcount.pipeline.watching.watch import watch
from headcount.watch.letter import Letter, Receipt
from tests.watch.station import Postbox, Station


class Killed(Postbox):
    """Kills its process before or after the letters went out, or waits until it may go on."""

    place = ""

    def __call__(self, letters: Sequence[Letter], seconds: float) -> tuple[Receipt, ...]:
        if self.place == "before":
            die()
        receipts = super().__call__(letters, seconds)
        if self.place == "after":
            die()
        if self.place == "slow":
            self.file.with_name("under way").touch()
            while not self.file.with_name("go on").exists():
                time.sleep(0.02)
        return receipts


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    folder, place, at = sys.argv[1:]
    station = Station(Path(folder), datetime.fromisoformat(at))
    box = Killed(station.box.file)
    box.place = place
    premises: Premises = station.premises
    if place == "told":
        station.store.send = die  # type: ignore[method-assign, assignment] # what is told is kept, and nothing is claimed yet
    watch(premises, box)
