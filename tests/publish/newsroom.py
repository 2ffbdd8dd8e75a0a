"""A small organisation whose counts are published again and again, from a real store and through a real press."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from headcount.cadence import Cadence
from headcount.check.case import Case
from headcount.check.hindsight import hindsight
from headcount.check.judge import weigh
from headcount.model import (
    ACCEPTED,
    EPOCH,
    HEADLINE,
    Account,
    Count,
    Entry,
    Fill,
    Miss,
    Outcome,
    Past,
    Reading,
    Reason,
    Unit,
    Verdict,
)
from headcount.publish.edition import Annotation, Departed, Edition, Listed, Wide
from headcount.publish.file import AnyFile
from headcount.publish.press import print_edition
from headcount.publish.printed import Press
from headcount.publish.tables import files
from headcount.store.contract import Store
from headcount.vitals.signs import Expectation, Expected

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
HELD = Verdict("hold", "leap", "far too many")
ZONE = "America/New_York"

UNITS = (
    Unit("1", "Department, of Things", abbreviation="DOT"),
    Unit("007", "=Lab", parent="1"),
    Unit("3", "Empty Office", holder="A Holder"),
)
ENTRIES = {
    "twitter/dot": Entry("1", "twitter", "DOT", name="-The Department", language="en"),
    "facebook/dot": Entry("1", "facebook", "dot", group="@pages"),
    "twitter/lab": Entry("007", "twitter", "0042"),
    "youtube/lab": Entry("007", "youtube", "lab", collect=False),
    "twitter/secret": Entry("007", "twitter", "canary-internal", visibility="internal"),
    "twitter/rival": Entry("3", "twitter", "rival", relation="peer"),
    "storify/dot": Entry("1", "storify", "dot"),
}
ARCHIVED = {"twitter/rival": NOON - 300 * DAY}
GONE = Departed("twitter/gone", Entry("9", "twitter", "gone"), unit_name="Closed Office", listed_until=NOON - 30 * DAY)
TABLE = Wide(
    "social_data",
    "hourly",
    {"DOTtwitter": ("twitter/dot", "followers"), "DOTfacebook": ("facebook/dot", "likes"), "S": ("twitter/secret", "followers")},
    missing="previous",
)  # fmt: skip
NOTES = (
    Annotation(since=NOON.date(), text="=A speech", account="twitter/dot", link="https://example.gov/speech"),
    Annotation(since=NOON.date(), until=NOON.date(), text="The lab moved", unit="007"),
    Annotation(since=NOON.date(), text="Counted anew", platform="twitter"),
    Annotation(since=NOON.date(), text="canary of an internal account", account="twitter/secret"),
)
Outputs = Callable[[Edition], Iterator[AnyFile]]
NOT_COUNTED = {"youtube/lab", *ARCHIVED}
CADENCES = {"hourly": Cadence("1h", ZoneInfo(ZONE)), "daily": Cadence("1d", ZoneInfo(ZONE))}
EXPECTED = Expectation(
    accounts=tuple(
        Expected(
            key=key,
            unit=entry.unit,
            platform=entry.platform,
            period=None if key in NOT_COUNTED else HOUR,
            archived=ARCHIVED.get(key),
            public=entry.visibility == "public",
            job="" if key in NOT_COUNTED else "hourly",
        )
        for key, entry in ENTRIES.items()
    ),
    jobs=CADENCES,
    targets=("web",),
    sources={"twitter": ("api", "page")},
)


class Newsroom:
    """Publishes what is in the store, each time going on from the time before."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.press = store, Press(folder)

    def say(
        self,
        key: str,
        said: int | Count | Reason,
        slot: datetime = NOON,
        *,
        verdict: Verdict = ACCEPTED,
        metric: str = "followers",
        job: str = "hourly",
        source: str = "api",
        minutes: float = 1,
    ) -> None:
        """Put a count of an account, or why there is none, in a slot."""
        run = self.store.begin(job, slot, slot)
        account = Account(key, key.partition("/")[2])
        count = Count(said) if isinstance(said, int) else said
        answer = Reading(account, metric, count) if isinstance(count, Count) else Miss(account, count, "HTTP 500")
        outcome = Outcome(answer, source, slot + minutes * MINUTE)
        self.store.append(run.id, [Fill(job, slot, outcome, verdict if isinstance(count, Count) else None)])

    def hear(self, key: str, count: int, slot: datetime, minutes: float = 1) -> None:
        """Put a count in a slot as a run does: by the rules, which look back on those that are held."""
        at = slot + minutes * MINUTE
        past = self.store.pasts([(key, HEADLINE)], EPOCH, 99).get((key, HEADLINE), ())
        case = Case(past, Past(at, Count(count), "api"))
        verdict = weigh(case)
        for each, decided in hindsight(case, verdict, slot):
            self.store.decide(each.reading or 0, decided, "check", at)
        self.say(key, count, slot, verdict=verdict, minutes=minutes)

    def edition(self, at: datetime = NOON + HOUR, mark: int | None = None) -> Edition:
        """What is to be published at that time, since the mark of the press."""
        return Edition(
            organization="Department",
            timezone=ZONE,
            units=UNITS,
            listed=tuple(Listed(key, entry, ARCHIVED.get(key)) for key, entry in ENTRIES.items()),
            tables=(TABLE,),
            max_age=timedelta(days=7),
            at=at,
            store=self.store,
            changes=self.store.changes(self.press.mark if mark is None else mark),
            periods={key: HOUR for key in ENTRIES if key not in NOT_COUNTED},
            cadences=CADENCES,
            spans=self.store.spans(),
            licence="CC0-1.0",
            homepage="https://example.gov",
            links={"twitter/dot": "https://x.com/DOT"},
            annotations=NOTES,
            departed=(GONE,),
            expected=EXPECTED,
        )

    def publish(self, at: datetime = NOON + HOUR, *only: Outputs) -> None:
        """Print what there is at that time; `only` these files, or all."""
        edition = self.edition(at)
        made = chain.from_iterable(output(edition) for output in only) if only else files(edition)
        self.press = print_edition(edition, made, self.press)

    def anew(self, folder: Path) -> Newsroom:
        """The same store, and nothing printed yet."""
        return Newsroom(self.store, folder)

    def bytes(self, name: str) -> bytes:
        return self.press.place(self.press.files[name]).read_bytes()

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.bytes(name).decode(), newline="")))

    def document(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.bytes(name))
        return found
