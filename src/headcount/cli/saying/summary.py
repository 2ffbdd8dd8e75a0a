"""What a run came to, in words: a line a job, a line a target, a line for whatever is new."""

from __future__ import annotations

from collections.abc import Iterator

from headcount import platforms
from headcount.cli.saying.lines import reason_in_words
from headcount.news.naming import plural
from headcount.news.words import title
from headcount.pipeline.collecting.turnout import Turnout
from headcount.pipeline.publishing.publish import Published
from headcount.pipeline.run import Report


def summary(report: Report) -> list[str]:
    """A line a job and a line a target."""
    lines = [_turnout(turnout) for turnout in report.turnouts]
    lines += [f"{turnout.job}: {stranger}" for turnout in report.turnouts for stranger in turnout.strangers]
    lines += [f"{turnout.job}: {notice}" for turnout in report.turnouts for notice in turnout.notices]
    lines += [f"{job}: another run of it is under way" for job in report.locked]
    lines += [f"published to {each.to}: {_delivered(each)}" for each in report.published]
    return [*lines, *_watched(report)]


def _watched(report: Report) -> Iterator[str]:
    """What was new, who could not be told of it, and whoever did not hear of the run."""
    names = platforms.names() if report.watched.told else {}
    yield from (f"watch: {title(each.story, each.deed, names)}" for each in report.watched.told)
    yield from (f"watch: not told: {each}" for each in report.watched.undelivered)
    if report.unwatched:
        yield f"watch: failed: {report.unwatched}"
    if report.unheard:
        yield f"watch: {report.unheard}"


def _delivered(each: Published) -> str:
    if each.fault:
        return f"failed: {each.fault}"
    were = "was" if 1 in {each.written, each.files} else "were"
    return f"{each.written:,} of {plural(each.files, 'file')} {were} new or had changed"


def _turnout(turnout: Turnout) -> str:
    when = f"{turnout.job}, slot {turnout.slot:%Y-%m-%d %H:%M} UTC"
    if turnout.run is None:
        done = len(turnout.done_before)
        return f"{when}: nothing to do; {plural(done, 'account')} {'is' if done == 1 else 'are'} done"
    tally = turnout.tally
    parts = [f"{tally.readings} counted"]
    if tally.held:
        parts.append(f"{tally.held} awaiting review")
    parts += [f"{number} {reason_in_words(reason)}" for reason, number in sorted(tally.misses.items())]
    money = f", ${tally.micros / 1_000_000:.2f}" if tally.micros else ""
    return f"{when}: {', '.join(parts)} ({plural(tally.requests, 'request')}, {tally.seconds:.1f} s{money})"
