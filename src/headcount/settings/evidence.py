"""`[evidence]`: how much is kept of the replies that nobody could read, or whose counts are in doubt."""

from __future__ import annotations

from headcount.settings.section import Section
from headcount.settings.shape import Evidence


def evidence(section: Section) -> Evidence:
    """How many days and megabytes; with 0 megabytes, none is kept."""
    usual = Evidence()
    found = Evidence(
        days=section.whole("days", usual.days, least=1), megabytes=section.whole("megabytes", usual.megabytes, least=0)
    )
    section.close()
    return found
