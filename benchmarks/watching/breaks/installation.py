"""Breaks of the installation: its schedule, its machine, its files, its targets and its channels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from benchmarks.watching.breaks.contract import Break, anything, there, victim
from benchmarks.watching.cast import Cast
from benchmarks.watching.people import PLATFORMS
from benchmarks.watching.trouble import Trouble

Troubling = Callable[[Cast], Trouble]


def always(trouble: Trouble) -> Troubling:
    """Whoever it happens to."""
    return lambda _cast: trouble


def unasked(cast: Cast) -> Trouble:
    """Runs are narrowed, and nobody has noticed that a platform is left out."""
    return Trouble(only=tuple(slug for slug in PLATFORMS if slug != cast.platform))


def deaf(cast: Cast) -> Trouble:
    """The first channel is dead, and something else breaks."""
    return Trouble(deaf=frozenset({"first"}), misses={cast.victim.key: ("not_found", "HTTP 404")})


NEVER_OK = "unit,unit_id,platform,account\nUnit,1,twiter\n"
"""A platform that there is none of, and a line too short."""

BREAKS = (
    Break(
        name="target cannot be written", of="hard", trouble=always(Trouble(target_fault="read-only file system")),
        kinds=("target",), about=anything, limit=2,
    ),
    Break(
        name="publishing stopped", of="silent", trouble=always(Trouble(unpublished=True)), kinds=("target",),
        about=anything, limit=3,
    ),
    Break(
        name="scheduler dead", of="silent", trouble=always(Trouble(asleep=True)), kinds=("job", "stale"), about=anything,
        limit=2, outside=True, besides=("target",),
    ),
    Break(
        name="every run is killed midway", of="silent", trouble=always(Trouble(killed=True)), kinds=("job", "stale"),
        about=anything, limit=2, outside=True, besides=("target", "account"),
    ),
    Break(
        name="disk 90 % full", of="soft", trouble=always(Trouble(full=0.91)), kinds=("disk",), about=anything, limit=1,
    ),
    Break(
        name="clock put back by three hours", of="hard", trouble=always(Trouble(stepped=timedelta(hours=-3))),
        kinds=("clock",), about=anything, limit=2, besides=("job", "stale", "target"),
    ),
    Break(
        name="clock put back by two days", of="hard", trouble=always(Trouble(stepped=timedelta(days=-2))),
        kinds=("clock",), about=anything, limit=2, besides=("job", "stale", "target"),
    ),
    Break(
        name="first channel dead, an account gone", of="permanent", trouble=deaf, kinds=("account",), about=victim,
        limit=1, besides=("channel",),
    ),
    Break(
        name="first channel dead", of="soft", trouble=deaf, kinds=("channel",), about=anything, limit=3,
        besides=("account",),
    ),
    Break(
        name="roster broken", of="permanent", trouble=always(Trouble(roster=NEVER_OK)), kinds=("configuration",),
        about=anything, limit=1, besides=("job", "stale", "target"),
    ),
    Break(
        name="accounts left unasked", of="silent", trouble=unasked, kinds=("stale", "platform"), about=there, limit=3,
        besides=("account",),
    ),
)  # fmt: skip
