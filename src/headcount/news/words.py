"""What a story reads like, to whoever hears of it: a title, what it says, what to do; and what of it everybody may know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, timedelta, tzinfo

from msgspec import structs

from headcount.news.facts import facts
from headcount.news.naming import length, moment, whom
from headcount.news.story import Deed, Kind, Story
from headcount.news.wording import WORDING

OURS: frozenset[Kind] = frozenset({"credential", "channel", "configuration", "disk", "clock", "digest"})
"""Kinds that are nobody else's business."""

OF_CREDENTIALS = frozenset({
    "bad_credentials", "missing_permission", "no_credential", "payment_required", "quota_exhausted",
})  # fmt: skip
"""Reasons that say something about our credentials."""

OF_ONE: frozenset[Kind] = frozenset({"account", "held", "stuck", "moved", "milestone", "rounded", "renamed", "segment"})
"""Kinds whose subject is an account."""

IN_DOUBT: frozenset[Kind] = frozenset({"held", "together"})
"""Kinds whose figures are counts that may be wrong, and are published nowhere."""

BEFORE: Mapping[Deed, str] = {"reminded": "Still: ", "cleared": "No longer of concern: "}

MOOT = "moot"
"""The figure of a story that came to no good end: nobody is asked about it any longer, or it has become another story."""


def title(story: Story, deed: Deed, names: Mapping[str, str] = {}) -> str:
    """A line that says what is the matter, or that it is over. `names`: what the platforms are called, by slug."""
    words = WORDING[story.kind]
    over = deed == "cleared" and not story.figures.get(MOOT)
    before = BEFORE.get(deed, "") if not over else ""
    return before + (words.over if over else words.title).format_map(facts(story, names))


def says(story: Story, deed: Deed, zone: tzinfo = UTC, names: Mapping[str, str] = {}) -> str:
    """The cause, whom it affects and since when; of what is over, whom it affected and how long. Times in `zone`, named."""
    told = _past(story, zone, names) if deed == "cleared" else _present(story, zone, names)
    return " ".join(told)


def advice(story: Story) -> str:
    """What to do about it: which command, which setting, which file."""
    return WORDING[story.kind].advice.format_map(facts(story, {}))


def public(story: Story, seen: Collection[str]) -> Story | None:
    """What everybody may know of it, who may know of the accounts in `seen`; None: nothing at all."""
    accounts = tuple(key for key in story.accounts if key in seen)
    if _is_hidden(story, seen) or bool(story.accounts) > bool(accounts):
        return None
    return structs.replace(
        story,
        reason="" if story.reason in OF_CREDENTIALS else story.reason,
        accounts=accounts,
        detail="",
        figures={} if story.kind in IN_DOUBT else _figures(story, seen),
    )


def _is_hidden(story: Story, seen: Collection[str]) -> bool:
    return story.kind in OURS or (story.kind in OF_ONE and story.subject not in seen)


def _present(story: Story, zone: tzinfo, names: Mapping[str, str]) -> Iterator[str]:
    yield WORDING[story.kind].cause.format_map(facts(story, names))
    if story.accounts and story.kind not in OF_ONE:
        yield f"It affects {_whom(story, names)}."
    if story.since:
        yield f"{'It began' if WORDING[story.kind].over else 'It happened'} on {moment(story.since, zone)}."


def _past(story: Story, zone: tzinfo, names: Mapping[str, str]) -> Iterator[str]:
    if story.accounts and story.kind not in OF_ONE:
        yield f"It affected {_whom(story, names)}."
    if "lasted" in story.figures:
        yield f"It lasted {length(timedelta(seconds=story.figures['lasted']))}."
    if story.since:
        yield f"It began on {moment(story.since, zone)}."


def _whom(story: Story, names: Mapping[str, str]) -> str:
    return whom(story.accounts, story.figures.get("of"), names)


def _figures(story: Story, seen: Collection[str]) -> Mapping[str, int]:
    """Its figures, with how many accounts everybody may know of in place of how many there are."""
    if "of" not in story.figures:
        return story.figures
    known = [key for key in seen if story.kind == "network" or key.startswith(f"{story.subject}/")]
    return {**story.figures, "of": len(known)}
