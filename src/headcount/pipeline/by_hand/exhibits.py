"""Where the reply lies that a reading was read from, as far as it was kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from headcount.errors import Mistake
from headcount.evidence.exchange import Exchange
from headcount.evidence.keep import ENDING
from headcount.evidence.read import read
from headcount.model import plain_source


def exhibit(folder: Path, key: str, source: str, at: datetime) -> Path | None:
    """The file of evidence about an account and a source that was kept on that day and is nearest to that time."""
    platform = key.partition("/")[0]
    there = folder.glob(f"{at:%Y-%m-%d}/*-{platform}-*{plain_source(source)}-*{ENDING}")
    found = {path: exchange for path in sorted(there) if (exchange := _about(path, key))}
    return min(found, key=lambda path: abs(found[path].at - at), default=None)


def _about(path: Path, key: str) -> Exchange | None:
    """What is in a file, where it is about that account; what is damaged or has gone meanwhile is about nobody."""
    with suppress(Mistake, OSError):
        exchange = read(path)
        if any(each.key == key and each.why for each in exchange.accounts):
            return exchange
    return None
