"""Keeps what is behind every failure of shape and every held reading, so that a better parser can read it again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime

from headcount.collect.heard import Heard
from headcount.evidence.exchange import Asked, Exchange, Why, saved
from headcount.evidence.keep import Cabinet
from headcount.evidence.tidy import Bounds
from headcount.model import Fill, Outcome, Reading, Run
from headcount.news.naming import plural
from headcount.pipeline.house import Premises

MEGABYTE = 1024 * 1024

Mark = tuple[str, str, str, datetime, str]
"""By which a reading is known again, whatever account it was found to be of; the last is its metric, a miss has none."""


class Witness:
    """Hears what a run was replied, and keeps what nobody could read or what is in doubt.

    No trouble with its folder costs a reading: what could not be kept is said in `notices`.
    """

    def __init__(self, premises: Premises, run: Run) -> None:
        kept = premises.settings.evidence
        bounds = Bounds(kept.days, kept.megabytes * MEGABYTE)
        self._cabinet = Cabinet(premises.evidence, bounds)
        self._clock, self._run = premises.clock, run
        self._waiting: deque[Heard] = deque()
        self._judged: set[Mark] = set()
        self._held: set[Mark] = set()
        self._seen = 0
        self._unkept = 0
        self._trouble = ""

    def hear(self, heard: Heard) -> None:
        """Remember an exchange until its readings are judged."""
        self._waiting.append(heard)

    def attest(self, fills: Sequence[Fill]) -> None:
        """Keep what is behind the fills of the run so far, as far as they are what was heard."""
        for fill in fills[self._seen :]:
            self._note(fill)
        self._seen = len(fills)
        for _ in range(len(self._waiting)):
            heard = self._waiting.popleft()
            if all(map(self._is_judged, heard.counted)):
                self._keep(heard)
            else:
                self._waiting.append(heard)

    def notices(self) -> tuple[str, ...]:
        """Tidy up, and say what could not be kept."""
        try:
            self._cabinet.tidy(self._clock.now())
        except OSError as error:
            self._trouble = self._trouble or _in_words(error)
        return tuple(self._complaints())

    def _complaints(self) -> Iterator[str]:
        if self._trouble:
            yield (
                f"the replies behind {plural(self._unkept, 'failed or doubtful answer')} could not be kept ({self._trouble}): "
                "no count is lost, but they cannot be read again; see to the disk and to the folder"
            )

    def _is_judged(self, outcome: Outcome) -> bool:
        """Also where the reading was found to be nobody's, and a miss was kept instead."""
        mark = _mark(outcome)
        return not self._judged.isdisjoint({mark, (*mark[:-1], "")})

    def _note(self, fill: Fill) -> None:
        if isinstance(fill.outcome.said, Reading) and fill.verdict and fill.verdict.decision == "hold":
            self._held.add(_mark(fill.outcome))
        self._judged.add(_mark(fill.outcome))

    def _keep(self, heard: Heard) -> None:
        why: dict[str, Why] = {each.account.key: "held" for each in heard.counted if _mark(each) in self._held}
        why |= {each.key: "shape_changed" for each in heard.unread}
        if not why:
            return
        try:
            self._cabinet.keep(self._exchange(heard, why), self._clock.now())
        except OSError as error:
            self._trouble = _in_words(error)
            self._unkept += 1

    def _exchange(self, heard: Heard, why: dict[str, Why]) -> Exchange:
        return Exchange(
            job=self._run.job,
            slot=self._run.slot,
            run=self._run.id,
            platform=heard.accounts[0].platform,
            source=heard.source,
            accounts=tuple(Asked(each.key, each.handle, each.ids, why.get(each.key, "")) for each in heard.accounts),
            replies=tuple(saved(each.request, each.came, cut=each.cut) for each in heard.replies()),
        )


def _mark(outcome: Outcome) -> Mark:
    said = outcome.said
    metric = said.metric if isinstance(said, Reading) else ""
    return said.account.platform, said.account.handle, outcome.source, outcome.at, metric


def _in_words(error: OSError) -> str:
    return f"{error.filename or 'the folder of evidence'}: {error.strerror or error}"
