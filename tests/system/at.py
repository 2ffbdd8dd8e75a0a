"""headcount's command line at another time: `python -m tests.system.at 2026-11-23T08:01:00+00:00 run`.

Waiting costs nothing there, as it moves the clock. Everything else is the command itself.
"""

from __future__ import annotations

import sys
from datetime import datetime

from headcount import clock


def main() -> None:
    """Set the clock before anybody looks at it, and leave the rest to the command."""
    clock.SYSTEM = clock.SteppedClock(datetime.fromisoformat(sys.argv.pop(1)))  # type: ignore[assignment] # a clock all the same
    from headcount.cli.main import main as headcount  # noqa: PLC0415 - it takes the clock that it finds

    headcount()


if __name__ == "__main__":
    main()
