"""What a run came to, in words: a line a job and a line a target."""

from __future__ import annotations

from headcount.cli.lines import reason_in_words
from headcount.pipeline.run import Report
from headcount.pipeline.turnout import Turnout


def summary(report: Report) -> list[str]:
    """A line a job and a line a target."""
    lines = [_turnout(turnout) for turnout in report.turnouts]
    lines += [f"{turnout.job}: {stranger}" for turnout in report.turnouts for stranger in turnout.strangers]
    lines += [f"{turnout.job}: {notice}" for turnout in report.turnouts for notice in turnout.notices]
    lines += [f"{job}: another run of it is under way" for job in report.locked]
    for each in report.published:
        said = (
            f"failed: {each.fault}" if each.fault else f"{each.written} of {each.files} files were new or had changed"
        )
        lines.append(f"published to {each.to}: {said}")
    return lines


def _turnout(turnout: Turnout) -> str:
    when = f"{turnout.job}, slot {turnout.slot:%Y-%m-%d %H:%M} UTC"
    if turnout.run is None:
        return f"{when}: nothing to do; {turnout.done_before} accounts are done"
    tally = turnout.tally
    parts = [f"{tally.readings} counted"]
    if tally.held:
        parts.append(f"{tally.held} awaiting review")
    parts += [f"{number} {reason_in_words(reason)}" for reason, number in sorted(tally.misses.items())]
    money = f", ${tally.micros / 1_000_000:.2f}" if tally.micros else ""
    return f"{when}: {', '.join(parts)} ({tally.requests} requests, {tally.seconds:.1f} s{money})"
