"""What a run had from each source, added up while it goes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from headcount.collect.turn import Refused
from headcount.model import HEADLINE, Fill, Miss, Reason, plain_source
from headcount.store.noticing import Attended

Way = tuple[str, str]
"""A platform and one of its sources."""


def attended(fills: Iterable[Fill], refusals: Iterable[Refused]) -> Iterator[Attended]:
    """What a run had from each source that answered, or would not."""
    counted: defaultdict[Way, set[str]] = defaultdict(set)
    missed: defaultdict[Way, set[str]] = defaultdict(set)
    refused: defaultdict[Way, list[Refused]] = defaultdict(list)
    for fill in fills:
        said, way = fill.outcome.said, (fill.outcome.account.platform, plain_source(fill.outcome.source))
        if isinstance(said, Miss):
            missed[way].add(said.account.key)
        elif said.metric == HEADLINE:
            counted[way].add(said.account.key)
    for each in refusals:
        refused[each.platform, each.source].append(each)
    for platform, source in sorted({*counted, *missed, *refused}):
        if source:
            way = platform, source
            yield Attended(platform, source, len(counted[way]), len(missed[way]), *_words(refused[way]))


def _words(refused: list[Refused]) -> tuple[int, Reason | None, str]:
    """How often, the commonest reason, and what was said with it first."""
    if not refused:
        return 0, None, ""
    reason = Counter(each.refusal.reason for each in refused).most_common(1)[0][0]
    detail = next(each.refusal.detail for each in refused if each.refusal.reason == reason)
    return len(refused), reason, detail
