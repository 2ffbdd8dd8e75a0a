"""The report as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from markupsafe import Markup

from headcount.news.naming import plural
from headcount.pages.render import page
from headcount.reports import charts, words
from headcount.reports.digest import Digest, Mover
from headcount.reports.scope import Listed

MOST = 5
"""So many of a list of movers are shown."""
MOST_NEAR = 12
ENOUGH = 1_000
"""Of fewer followers a handful of new ones is many per cent, and says nothing."""

STEPS = 2
"""Of its rounding, a rounded count has to have moved: less may be the rounding's."""

Earlier = Sequence[tuple[str, str, str]]
"""Other reports: name, words and place of each."""


def as_page(digest: Digest, *, earlier: Earlier = (), root: str = "", stale_after: datetime | None = None) -> str:
    """The report as a page; `root` leads from its folder to that of the published files."""
    return page(
        "digest.html",
        title=title(digest),
        organization=digest.organization,
        timezone=digest.timezone,
        published_at=digest.until,
        stale_after=stale_after,
        earlier=earlier,
        root=root,
        spark=_spark,
        daily=Markup(daily_chart(digest)),  # noqa: S704 - drawn by us, its texts escaped by the XML library
        **sections(digest),
    )


def title(digest: Digest) -> str:
    """`The week of 16 to 22 November 2026`."""
    return f"The week of {digest.period.words}" if digest.period.is_week else f"The days from {digest.period.words}"


def sections(digest: Digest) -> dict[str, object]:
    """What page and mail both tell."""
    return {
        "digest": digest,
        "headline": words.headline(digest),
        "rest": words.rest(digest),
        "span": words.span(digest),
        "collected": words.collected(digest),
        "best": words.best(digest),
        "gained": [each for each in digest.movers if each.change > 0][:MOST],
        "lost": [each for each in reversed(digest.movers) if each.change < 0][:MOST],
        "fastest": fastest(digest),
        "doubts": doubts(digest),
        "enough": ENOUGH,
        "most": MOST_NEAR,
        "accounts": partial(_plural, "account"),
        "counts": partial(_plural, "count"),
        **{each.__name__: each for each in WORDS},
    }


WORDS = (
    words.number, words.signed, words.percent, words.part, words.short, words.lasted, words.about, words.when, words.reasons,
)  # fmt: skip


def fastest(digest: Digest) -> list[Mover]:
    """Those who grew by the largest share, of those with enough followers for that to mean something."""
    found = [each for each in digest.movers if each.before >= ENOUGH and each.change > STEPS * (each.granularity - 1)]
    return sorted(found, key=lambda each: (-each.change / each.before, each.account.key))[:MOST]


def doubts(digest: Digest) -> list[tuple[Listed, str, int]]:
    """The counts that were held back: whose, what became of them, how many."""
    accounts = {each.account.key: each.account for each in digest.doubts}
    found = Counter((each.account.key, each.state) for each in digest.doubts)
    return [(accounts[key], state, count) for (key, state), count in sorted(found.items())]


def daily_chart(digest: Digest) -> str:
    """The chart of what each day brought."""
    first, last = digest.days[0].day, digest.days[-1].day
    return charts.daily(
        digest.days, digest.period, f"Followers gained or lost each day, {words.short(first)} to {words.short(last)}"
    )


def spark_chart(mover: Mover) -> str:
    """The chart of an account's course."""
    first, last = (next(filter(None, some), 0) for some in (mover.course, reversed(mover.course)))
    return charts.spark(
        mover.course, f"{mover.account.handle} in the last four weeks: from {first:,} to {last:,} followers"
    )


def _spark(mover: Mover) -> Markup:
    return Markup(spark_chart(mover))  # noqa: S704 - drawn by us, its texts escaped by the XML library


def _plural(word: str, number: int) -> str:
    return plural(number, word)
