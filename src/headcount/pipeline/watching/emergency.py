"""When the store itself fails there is no memory of what was told: one letter a day, and one when it is over.

A stamp beside the store, or in the folder for temporary files, is all that is remembered.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from headcount.clock import Clock
from headcount.errors import HeadcountError
from headcount.settings import Settings
from headcount.watch.letter import Carrier, Letter, Receipt

ONCE = timedelta(days=1) - timedelta(minutes=30)

STAMP = "emergency"

ADVICE = (
    "What to do: run `headcount doctor` on the machine that counts. Nothing is counted until the store can be written."
)


def emergency(
    settings: Settings, clock: Clock, carrier: Carrier, error: HeadcountError, seconds: float
) -> tuple[Receipt, ...]:
    """Tell every channel that the store cannot be used, once a day; what became of the letters."""
    now = clock.now()
    if not settings.watch.channels or any(now - at < ONCE for at in _stamps(settings)):
        return ()
    _stamp(settings, now)
    head = f"{settings.organization.name}: urgent: the store cannot be used"
    text = f"{error}\n\n{ADVICE}\n\n[headcount emergency.{now:%Y-%m-%d}]"
    return _carry(settings, carrier, head, text, seconds)


def is_over(settings: Settings, carrier: Carrier, seconds: float) -> tuple[Receipt, ...]:
    """Tell that the store can be used again, if it was told that it cannot."""
    removed = [_removed(place) for place in _places(settings)]
    if not any(removed):
        return ()
    head = f"{settings.organization.name}: all clear: the store can be used again"
    return _carry(settings, carrier, head, "Counting goes on.\n\n[headcount emergency.over]", seconds)


def _carry(settings: Settings, carrier: Carrier, title: str, text: str, seconds: float) -> tuple[Receipt, ...]:
    return carrier([Letter(each.name, title, text, "urgent") for each in settings.watch.channels], seconds)


def _places(settings: Settings) -> tuple[Path, Path]:
    """Where the stamp may lie; an installation's own, wherever that is."""
    name = sha256(str(settings.file).encode()).hexdigest()[:16]
    return settings.state / STAMP, Path(tempfile.gettempdir()) / f"headcount-{STAMP}-{name}"


def _stamps(settings: Settings) -> Iterator[datetime]:
    """When it was told, as far as that is known."""
    for place in _places(settings):
        try:
            yield datetime.fromisoformat(place.read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue


def _stamp(settings: Settings, at: datetime) -> None:
    for place in _places(settings):
        try:
            place.write_text(at.isoformat(), encoding="ascii")
        except OSError:
            continue
        return


def _removed(place: Path) -> bool:
    """Whether there was a stamp, and is none now: who cannot forget would say at each run that it is over."""
    try:
        place.unlink()
    except OSError:
        return False
    return True
