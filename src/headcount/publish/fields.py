"""The columns that several tables have, and the tables that they point to."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.model import REASONS
from headcount.publish.schema import Field, Reference
from headcount.store.reader import Fate

ACCOUNT = Field("account", "string", "The account's permanent key: platform/name", required=True)
UNIT_ID = Field("unit_id", "string", "The unit that runs the account today")
UNIT = Field("unit", "string", "The name of that unit")
PLATFORM = Field("platform", "string", "The platform's short name: twitter, facebook, ...", required=True)
HANDLE = Field("handle", "string", "The name by which the platform knows the account")
METRIC = Field("metric", "string", "What was counted: followers, likes, ...; never added to one another", required=True)
COUNT = Field("count", "integer", "People; empty where there is no count, which is never zero", minimum=0)
GRANULARITY = Field(
    "granularity", "integer", "How finely the count is known: 1 is exact, 1000 is to the thousand", minimum=1
)
SOURCE = Field(
    "source",
    "string",
    "What counted: api, page, import, manual, ...; `reparsed-` was read later, from a reply that was kept; `simulated` is made up by the demo",
)
TAKEN_AT = Field("taken_at", "datetime", "When it was counted (UTC)")
NET = Field("net", "integer", "The change since the end of the period before; empty where it would be a guess")
PER_CENT = Field("per_cent", "number", "The same, in per cent of the count before")
COVERAGE = Field(
    "coverage", "number", "The share of the period's slots that have a count: 1 is all of them", minimum=0, maximum=1
)
STATUS = Field(
    "status",
    "string",
    "accepted; held: awaiting review; refused; missed: there was no count",
    required=True,
    enum=("accepted", "held", "refused", "missed"),
)
SETTLED: Mapping[Fate, str] = {
    "three_agree": "accepted, since three counts about an hour apart agree",
    "reviewed": "a person has accepted or refused it",
    "asked_again": "refused, since its source said otherwise when it was asked again",
    "said_again": "refused, since its source said the same when it was asked again, and the later row stands for both",
    "contradicted": "refused, since its source said otherwise later",
    "reparsed": "refused, since a mended parser reads another number in the same reply",
    "withdrawn": "a person has taken it back",
}
"""How a doubt about a count was settled."""

REASON = Field(
    "reason",
    "string",
    "Why there is no count; of one that was doubted, how that was settled: "
    + "; ".join(f"{fate}: {means}" for fate, means in SETTLED.items()),
    enum=tuple(sorted({*REASONS, *SETTLED})),
)

TO_ACCOUNTS = Reference(("account",), "accounts.csv", ("account",))
TO_UNITS = Reference(("unit_id",), "units.csv", ("unit_id",))
