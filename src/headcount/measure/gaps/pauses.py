"""The slots in which a job did not run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import structs

from headcount.measure.gaps.earlier import Earlier, slots_between
from headcount.measure.gaps.findings import Pause, Slots


def pauses(job: str, cadence: Slots, earlier: Earlier, ran: Sequence[datetime], closed: datetime) -> Iterator[Pause]:
    """Those of before, the last of which may go on, and those between the slots in which it ran, until `closed`."""
    yield from (pause for pause in earlier.pauses if pause.end != earlier.since)
    reaching = [pause for pause in earlier.pauses if pause.end == earlier.since]
    start = earlier.since if earlier.start else next(iter(ran), closed)
    for slot in (*ran, closed):
        idle = sum(1 for _ in slots_between(cadence, start, slot))
        if reaching or idle:
            yield _joined(reaching, Pause(job=job, start=start, end=slot, slots=idle))
        start, reaching = cadence.end(slot), []


def _joined(reaching: Sequence[Pause], pause: Pause) -> Pause:
    """The two as one: a pause goes on where it was cut off."""
    slots = pause.slots + sum(before.slots for before in reaching)
    return structs.replace(pause, start=min([pause.start, *(before.start for before in reaching)]), slots=slots)
