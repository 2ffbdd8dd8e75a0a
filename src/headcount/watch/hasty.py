"""A hasty look: all that is wrong right now, be it certain or not. Whoever asks sees it; letters wait until it is certain."""

from __future__ import annotations

from msgspec import structs

from headcount.news.story import Story
from headcount.watch.look import Look
from headcount.watch.troubles.everything import find, follows
from headcount.watch.troubles.running import idle_jobs


def hasty(look: Look) -> Look:
    """The same look, as if whatever is so now had been so in the slot before too."""
    if look.vitals is None:
        return look
    vitals = structs.replace(
        look.vitals,
        accounts=tuple(structs.replace(each, again=True) for each in look.vitals.accounts),
        sources=tuple(structs.replace(each, again=True) for each in look.vitals.sources),
        targets=tuple(structs.replace(each, again=True) for each in look.vitals.targets),
    )
    return structs.replace(look, vitals=vitals)


def wrong(look: Look) -> tuple[Story, ...]:
    """All that is wrong right now; jobs that never ran too, of which nobody is told, for they may be new."""
    return find(hasty(structs.replace(look, besides=(*look.besides, *idle_jobs(look))))).stories


def untold(look: Look) -> tuple[Story, ...]:
    """What is wrong right now, and neither among the incidents that were told nor explained by them."""
    told = {each.key for each in look.open}
    stories = find(hasty(look)).stories
    return tuple(each for each in stories if each.key not in told and not follows(each, look.open))
