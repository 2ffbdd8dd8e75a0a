"""When a line of a roster is in force: from its first day to its last, both included. Pure."""

from __future__ import annotations

from datetime import date

from headcount.model import Entry


def begins(entry: Entry) -> date:
    """Its first day; where none is named, the first of all."""
    return entry.since or date.min


def ends(entry: Entry) -> date:
    """Its last day; where none is named, the last of all."""
    return entry.until or date.max


def in_force(entry: Entry, day: date) -> bool:
    """Whether it holds on a day of the organisation's calendar."""
    return begins(entry) <= day <= ends(entry)


def overlap(one: Entry, other: Entry) -> bool:
    """Whether there is a day on which both are in force."""
    return begins(one) <= ends(other) and begins(other) <= ends(one)
