"""What headcount makes of the demo server: every way of every source finds the simulation's counts and their absence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from msgspec import Struct

from headcount.collect.cost import Estimate, estimate
from headcount.collect.plan import batches
from headcount.demo.answers import answers
from headcount.demo.faults import Faults
from headcount.demo.people import Fate
from headcount.model import Account, Outcome, Reading
from headcount.platforms import platform
from headcount.platforms.kit.contract import Refusal, Source
from tests.demo.asking import Demo, demo, said
from tests.platforms import tables
from tests.platforms.table import COUNTED
from tests.platforms.tables import table

SLUGS = [slug for slug in tables.slugs() if platform(slug).sources]
HANDLES = {slug: tuple(table(slug).simulated) for slug in SLUGS}


class Way(Struct, frozen=True):
    """One way of asking a platform."""

    slug: str
    number: int

    @property
    def source(self) -> Source:
        return platform(self.slug).sources[self.number]

    @property
    def handles(self) -> tuple[str, ...]:
        """Whom it can count."""
        everyone = HANDLES[self.slug]
        return everyone[:1] if self.source.own else everyone

    def __str__(self) -> str:
        return f"{self.slug}-{self.source.name}-{self.source.pinned or 'name'}"


WAYS = [Way(slug, number) for slug in SLUGS for number in range(len(platform(slug).sources))]


def accounts(here: Demo, way: Way, handles: tuple[str, ...]) -> list[Account]:
    pinned = way.source.pinned
    plain = answers(way.slug).plain
    return [
        Account(f"{way.slug}/{handle}", handle, {pinned: here.ids(way.slug, plain(handle))[0]} if pinned else {})
        for handle in handles
    ]


async def collect(here: Demo, way: Way, some: list[Account]) -> list[Outcome | Refusal]:
    """In batches as large as the source takes."""
    size, options = way.source.batch, table(way.slug).options
    batches = [some[start : start + size] for start in range(0, len(some), size)]
    return [outcome for batch in batches for outcome in await here.collect(way.source, way.slug, batch, options)]


def planned(way: Way, some: list[Account]) -> Estimate:
    """What a plan says that asking them takes."""
    options = {**platform(way.slug).options, **table(way.slug).options}
    (found,) = estimate(way.slug, batches((way.source,), some), options)
    return found


def readings(outcomes: list[Outcome | Refusal]) -> Iterator[tuple[Outcome, Reading]]:
    for outcome in outcomes:
        if isinstance(outcome, Outcome) and isinstance(outcome.said, Reading):
            yield outcome, outcome.said


@pytest.mark.parametrize("way", WAYS, ids=str)
async def test_every_way_of_every_source_finds_the_simulated_counts(way: Way) -> None:
    async with demo(HANDLES) as here:
        outcomes = await collect(here, way, accounts(here, way, way.handles))
        found = list(readings(outcomes))
        counted = {reading.account.handle for _, reading in found if reading.metric == "followers"}
        assert counted == set(way.handles)
        expected = planned(way, accounts(here, way, way.handles)).requests
        # Whoever has no id of that kind, as Reddit's profiles have none of a subreddit's, is asked for again by name.
        assert here.requests == expected or (
            way.source.pinned and expected < here.requests <= expected + len(way.handles)
        )
        for outcome, reading in found:
            true = here.count(way.slug, reading.account.handle, reading.metric)
            assert abs(reading.count.value - true) < reading.count.granularity
            assert outcome.source == f"simulated-{way.source.name}"


@pytest.mark.parametrize("way", [way for way in WAYS if way.source.name == "api"], ids=str)
async def test_the_official_interfaces_count_as_finely_as_the_platform_does(way: Way) -> None:
    async with demo(HANDLES) as here:
        outcomes = await collect(here, way, accounts(here, way, way.handles))
        for _, reading in readings(outcomes):
            shown = answers(way.slug).metrics[reading.metric]
            assert reading.count == shown(here.count(way.slug, reading.account.handle, reading.metric))


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way.source.pinned is None and "not_found" in way.source.misses], ids=str
)
async def test_an_unknown_account_is_not_found_while_the_control_account_is(way: Way) -> None:
    unknown = table(way.slug).unknown
    async with demo(HANDLES) as here:
        found = said(await collect(here, way, [Account(f"{way.slug}/{unknown}", unknown)]))
        assert found == {unknown: "not_found"}


def way_of(slug: str, kind: str) -> Way:
    """The way that is called `api by name`, `api by id` or `page`."""
    name = kind.partition(" ")[0]
    ways = [way for way in WAYS if way.slug == slug and way.source.name == name]
    return next(way for way in ways if bool(way.source.pinned) == kind.endswith("id"))


FATES = [
    (slug, fate, kind, reason)
    for slug in SLUGS
    for fate, by_way in table(slug).fates.items()
    for kind, reason in by_way.items()
]


@pytest.mark.parametrize(("slug", "fate", "kind", "reason"), FATES)
async def test_headcount_says_why_an_account_has_no_count(slug: str, fate: Fate, kind: str, reason: str) -> None:
    handle = table(slug).unknown.replace("nobody", "somebody")
    handles = {**HANDLES, slug: (*HANDLES[slug], handle)}
    async with demo(handles, {slug: {handle: fate}}) as here:
        way = way_of(slug, kind)
        found = said(await collect(here, way, accounts(here, way, (handle,))))
        count = found[handle]
        assert (COUNTED if isinstance(count, int) else count) == reason


@pytest.mark.parametrize("slug", ["twitter", "facebook"])
async def test_a_spoilt_or_slow_account_costs_nobody_else_in_the_batch(slug: str) -> None:
    handles = ("good", "bad", "fine", "late")
    fates: Mapping[str, Mapping[str, Fate]] = {slug: {"bad": "spoilt", "late": "left_out"}}
    async with demo({slug: handles}, fates) as here:
        way = way_of(slug, "api by name")
        found = said(await collect(here, way, accounts(here, way, handles)))
        assert {handle: found[handle] for handle in ("good", "fine")} == {
            handle: here.count(slug, handle) for handle in ("good", "fine")
        }


async def test_a_pinned_account_is_counted_whatever_it_is_called_and_its_old_name_is_somebody_elses() -> None:
    async with demo({"twitter": ("Handed",)}, {"twitter": {"Handed": "reused"}}) as here:
        (old,), (new,) = here.ids("twitter", "HandedNew"), here.ids("twitter", "Handed")
        account = Account("twitter/handed", "Handed", {"x": old})
        by_id = await collect(here, way_of("twitter", "api by id"), [account])
        assert said(by_id) == {"Handed": here.count("twitter", "Handed")}
        by_name = await collect(here, way_of("twitter", "page"), [account])
        assert said(by_name) == {"Handed": "renamed_or_reused"}
        assert new != old


REFUSALS = [
    (slug, refusal, kind, reason)
    for slug in SLUGS
    for refusal, by_way in table(slug).refusals.items()
    for kind, reason in by_way.items()
]


@pytest.mark.parametrize(("slug", "refusal", "kind", "reason"), REFUSALS)
async def test_headcount_says_why_a_platform_refuses_everything(
    slug: str, refusal: str, kind: str, reason: str
) -> None:
    async with demo(HANDLES, faults={slug: Faults(refusal=refusal)}) as here:
        way = way_of(slug, kind)
        found = said(await collect(here, way, accounts(here, way, way.handles[:1])))
        assert set(found.values()) == {reason}


@pytest.mark.parametrize(
    ("slug", "refusal"),
    [("facebook", "login_wall"), ("instagram", "login_page"), ("instagram", "shell"), ("instagram", "wait")],
)
async def test_a_wall_is_never_taken_for_an_absence(slug: str, refusal: str) -> None:
    async with demo(HANDLES, faults={f"{slug}/page": Faults(refusal=refusal)}) as here:
        way = way_of(slug, "page")
        found = said(await collect(here, way, accounts(here, way, HANDLES[slug][:1])))
        assert set(found.values()) <= {"blocked", "rate_limited"}


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        (Faults(status=500), "unreachable"),
        (Faults(status=429, retry_after=30), "rate_limited"),
        (Faults(cut=20), "unreachable"),
    ],
)
@pytest.mark.parametrize("way", WAYS, ids=str)
async def test_trouble_on_the_way_is_named_and_never_a_count(way: Way, faults: Faults, reason: str) -> None:
    async with demo(HANDLES, faults={way.slug: faults}) as here:
        found = said(await collect(here, way, accounts(here, way, way.handles[:1])))
        assert set(found.values()) == {reason}


def test_every_platform_that_is_asked_meets_with_fates_and_refusals_here() -> None:
    assert [slug for slug in SLUGS if not (table(slug).fates and table(slug).refusals)] == []
