"""What a run would do, in words: a line a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from headcount import platforms
from headcount.collect.cost import Estimate
from headcount.news.naming import plural
from headcount.pipeline.collecting.due import Plan


def in_words(job: str, plan: Plan) -> Iterator[str]:
    """A line a source; and what the run would not get to, whom it would ask first, and when the others are asked."""
    for each in plan.estimates:
        yield f"{job}: {_line(each)}"
        if (now := each.within(plan.time)) < each.accounts:
            yield (
                f"{job}: {each.platform} by {each.source} does not fit into one run: {now:,} of "
                f"{plural(each.accounts, 'account')}, the most important first, within {_time(plan.time)}; the others in later runs of this slot, "
                f"{_time(each.lasts)} in all"
            )
        elif each.lasts:
            yield f"{job}: {each.platform} by {each.source} is spread over {_time(each.lasts)}, the most important first"
    if not plan.estimates:
        yield f"{job}: nobody would be asked"


def _line(each: Estimate) -> str:
    name = platforms.platform(each.platform).name
    parts = [
        plural(each.accounts, "account"),
        plural(each.requests, "request"),
        f"{_share(each.share)} of the rate limit",
    ]
    if each.daily_share is not None:
        parts.append(f"{_share(each.daily_share)} of the day's quota")
    return f"{name} by {each.source}: {', '.join(parts)}, {_money(each.micros)}"


def _share(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 else f"{share:.2%}"


def _money(micros: int) -> str:
    return f"${micros / 1_000_000:.2f}" if micros else "free"


def _time(time: timedelta) -> str:
    minutes = max(1, round(time.total_seconds() / 60))
    return (
        f"{minutes} min"
        if minutes < 120
        else f"{minutes / 60:.0f} h"
        if minutes < 2_880
        else f"{minutes / 1_440:.0f} days"
    )
