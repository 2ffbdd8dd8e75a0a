"""Collecting: every platform takes its turn at the same time, and what is said comes out as it is known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence

from headcount.collect.turn import Assignment, Event, Means, Turn

Asking = Callable[[Sequence[Assignment], Means], AsyncGenerator[list[Event]]]
"""How everybody is asked: by `collect`, unless a simulation answers in their place."""


async def collect(assignments: Sequence[Assignment], means: Means) -> AsyncGenerator[list[Event]]:
    """Ask everybody about everyone; every account ends with a headline reading or with one miss.

    What is known is handed out in lists: whatever came up while the last list was being dealt with. One account's trouble never costs another its reading.
    """
    events: asyncio.Queue[Event | None] = asyncio.Queue()

    async def take_turns() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for assignment in assignments:
                    group.create_task(Turn(assignment, means, events.put_nowait).take())
        finally:
            events.put_nowait(None)

    turns = asyncio.create_task(take_turns())
    try:
        over = False
        while not over:
            known = [await events.get()]
            while not events.empty():
                known.append(events.get_nowait())
            over = None in known
            yield [event for event in known if event is not None]
        await turns
    finally:
        turns.cancel()
        await asyncio.wait([turns])
