"""What headcount makes of the demo server: every way of every source finds the simulation's counts and their absence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from msgspec import Struct

from headcount.demo.answers import answers, slugs
from headcount.demo.faults import Faults
from headcount.demo.people import Fate
from headcount.model import Account, Outcome, Reading
from headcount.platforms import platform
from headcount.platforms.kit.contract import Refusal, Source
from tests.demo.asking import Demo, demo, said

HANDLES = {
    "twitter": ("ENERGY", "NNSA", "argonne"),
    "youtube": ("energy", "@argonne", "user/nnsa"),
    "facebook": ("EnergyGov", "Jefferson.Lab", "nnsa"),
    "instagram": ("energy", "brookhavenlab", "los.alamos_lab"),
}


class Way(Struct, frozen=True):
    """One way of asking a platform."""

    slug: str
    number: int

    @property
    def source(self) -> Source:
        return platform(self.slug).sources[self.number]

    def __str__(self) -> str:
        return f"{self.slug}-{self.source.name}-{self.source.pinned or 'name'}"


WAYS = [Way(slug, number) for slug in HANDLES for number in range(len(platform(slug).sources))]


def accounts(here: Demo, way: Way, handles: tuple[str, ...]) -> list[Account]:
    pinned = way.source.pinned
    plain = answers(way.slug).plain
    return [
        Account(f"{way.slug}/{handle}", handle, {pinned: here.ids(way.slug, plain(handle))[0]} if pinned else {})
        for handle in handles
    ]


async def collect(here: Demo, way: Way, some: list[Account]) -> list[Outcome | Refusal]:
    """In batches as large as the source takes."""
    own = {"user_id": here.server.credentials(way.slug)["user_id"]} if way.slug == "instagram" else {}
    size = way.source.batch
    batches = [some[start : start + size] for start in range(0, len(some), size)]
    return [outcome for batch in batches for outcome in await here.collect(way.source, way.slug, batch, own)]


def readings(outcomes: list[Outcome | Refusal]) -> Iterator[tuple[Outcome, Reading]]:
    for outcome in outcomes:
        if isinstance(outcome, Outcome) and isinstance(outcome.said, Reading):
            yield outcome, outcome.said


@pytest.mark.parametrize("way", WAYS, ids=str)
async def test_every_way_of_every_source_finds_the_simulated_counts(way: Way) -> None:
    async with demo(HANDLES) as here:
        outcomes = await collect(here, way, accounts(here, way, HANDLES[way.slug]))
        found = list(readings(outcomes))
        counted = {reading.account.handle for _, reading in found if reading.metric == "followers"}
        assert counted == set(HANDLES[way.slug])
        for outcome, reading in found:
            true = here.count(way.slug, reading.account.handle, reading.metric)
            assert abs(reading.count.value - true) < reading.count.granularity
            assert outcome.source == f"simulated-{way.source.name}"


@pytest.mark.parametrize("way", [way for way in WAYS if way.source.name == "api"], ids=str)
async def test_the_official_interfaces_count_as_finely_as_the_platform_does(way: Way) -> None:
    async with demo(HANDLES) as here:
        outcomes = await collect(here, way, accounts(here, way, HANDLES[way.slug]))
        for _, reading in readings(outcomes):
            shown = answers(way.slug).metrics[reading.metric]
            assert reading.count == shown(here.count(way.slug, reading.account.handle, reading.metric))


@pytest.mark.parametrize("way", [way for way in WAYS if way.source.pinned is None], ids=str)
async def test_an_unknown_account_is_not_found_while_the_control_account_is(way: Way) -> None:
    async with demo(HANDLES) as here:
        found = said(await collect(here, way, [Account(f"{way.slug}/nobody", "nobody")]))
        assert found == {"nobody": "not_found"}


COUNTED = "its count"
API_BY_NAME, PAGE, API_BY_ID = "api by name", "page", "api by id"
FATES: dict[str, dict[Fate, dict[str, str]]] = {
    "twitter": {
        "suspended": {API_BY_NAME: "suspended", API_BY_ID: "suspended", PAGE: "not_found"},
        "withheld": {API_BY_NAME: "private", API_BY_ID: "private"},
        "private": {API_BY_NAME: COUNTED, PAGE: "not_found"},
        "quiet": {API_BY_NAME: COUNTED, PAGE: "not_found"},
        "left_out": {API_BY_NAME: "shape_changed"},
        "spoilt": {API_BY_NAME: "shape_changed", PAGE: "shape_changed"},
        "renamed": {API_BY_NAME: "not_found", PAGE: "not_found"},
    },
    "youtube": {
        "suspended": {API_BY_NAME: "not_found", API_BY_ID: "not_found", PAGE: "suspended"},
        "hidden": {API_BY_NAME: "hidden", API_BY_ID: "hidden", PAGE: "hidden"},
        "age_gated": {API_BY_NAME: COUNTED, PAGE: "hidden"},
        "left_out": {API_BY_ID: "not_found"},
        "spoilt": {API_BY_ID: "shape_changed"},
    },
    "facebook": {
        "suspended": {API_BY_NAME: "not_found", PAGE: "not_found"},
        "personal": {API_BY_NAME: "not_found"},
        "withheld": {API_BY_NAME: "missing_permission"},
        "hidden": {API_BY_NAME: "shape_changed", PAGE: "hidden"},
        "left_out": {API_BY_NAME: "unreachable"},
        "spoilt": {API_BY_NAME: "shape_changed"},
        "renamed": {API_BY_NAME: "not_found", PAGE: "not_found"},
    },
    "instagram": {
        "personal": {API_BY_NAME: "not_found", PAGE: COUNTED},
        "withheld": {API_BY_NAME: "missing_permission"},
        "left_out": {API_BY_NAME: "unreachable"},
        "spoilt": {API_BY_NAME: "shape_changed"},
        "suspended": {API_BY_NAME: "not_found", PAGE: "not_found"},
    },
}
ROWS = [
    (slug, fate, kind, reason)
    for slug, by_fate in FATES.items()
    for fate, by_way in by_fate.items()
    for kind, reason in by_way.items()
]


def way_of(slug: str, kind: str) -> Way:
    name = kind.partition(" ")[0]
    ways = [way for way in WAYS if way.slug == slug and way.source.name == name]
    return next(way for way in ways if bool(way.source.pinned) == kind.endswith("id"))


@pytest.mark.parametrize(("slug", "fate", "kind", "reason"), ROWS)
async def test_headcount_says_why_an_account_has_no_count(slug: str, fate: Fate, kind: str, reason: str) -> None:
    handle = "somebody"
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
        way = way_of(slug, API_BY_NAME)
        found = said(await collect(here, way, accounts(here, way, handles)))
        assert {handle: found[handle] for handle in ("good", "fine")} == {
            handle: here.count(slug, handle) for handle in ("good", "fine")
        }


async def test_a_pinned_account_is_counted_whatever_it_is_called_and_its_old_name_is_somebody_elses() -> None:
    async with demo({"twitter": ("Handed",)}, {"twitter": {"Handed": "reused"}}) as here:
        (old,), (new,) = here.ids("twitter", "HandedNew"), here.ids("twitter", "Handed")
        account = Account("twitter/handed", "Handed", {"x": old})
        by_id = await collect(here, way_of("twitter", API_BY_ID), [account])
        assert said(by_id) == {"Handed": here.count("twitter", "Handed")}
        by_name = await collect(here, way_of("twitter", PAGE), [account])
        assert said(by_name) == {"Handed": "renamed_or_reused"}
        assert new != old


REFUSED = {
    "twitter": {
        "unauthorized": "bad_credentials",
        "not_enrolled": "missing_permission",
        "no_credits": "payment_required",
        "monthly_cap": "quota_exhausted",
        "too_many": "rate_limited",
    },
    "youtube": {
        "wrong_key": "bad_credentials",
        "expired_key": "bad_credentials",
        "restricted_key": "missing_permission",
        "not_enabled": "missing_permission",
        "quota": "quota_exhausted",
        "burst": "rate_limited",
        "backend": "unreachable",
    },
    "facebook": {
        **dict.fromkeys(
            [
                "expired", "password_changed", "logged_out", "invalidated", "app_removed", "checkpoint", "unconfirmed",
                "no_role", "not_engaged", "wrong_token", "no_token", "session",
            ],
            "bad_credentials",
        ),
        **dict.fromkeys(["permission", "ppca", "no_proof"], "missing_permission"),
        **dict.fromkeys(["transient", "unknown_error"], "unreachable"),
        **dict.fromkeys(["app_limit", "user_limit", "page_limit", "custom_limit", "pages_usage"], "rate_limited"),
        "abuse": "blocked",
        "bad_path": "shape_changed",
        "nginx": "shape_changed",
    },
    "instagram": {"instagram_usage": "rate_limited"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "refusal", "reason"),
    [(slug, refusal, reason) for slug, refusals in REFUSED.items() for refusal, reason in refusals.items()],
)
async def test_headcount_says_why_a_platform_refuses_everything(slug: str, refusal: str, reason: str) -> None:
    async with demo(HANDLES, faults={slug: Faults(refusal=refusal)}) as here:
        way = way_of(slug, API_BY_NAME)
        found = said(await collect(here, way, accounts(here, way, HANDLES[slug][:1])))
        assert set(found.values()) == {reason}


@pytest.mark.parametrize(
    ("slug", "refusal"),
    [("facebook", "login_wall"), ("instagram", "login_page"), ("instagram", "shell"), ("instagram", "wait")],
)
async def test_a_wall_is_never_taken_for_an_absence(slug: str, refusal: str) -> None:
    async with demo(HANDLES, faults={f"{slug}/page": Faults(refusal=refusal)}) as here:
        way = way_of(slug, PAGE)
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
        found = said(await collect(here, way, accounts(here, way, HANDLES[way.slug][:1])))
        assert set(found.values()) == {reason}


def test_every_simulated_platform_is_tried_here() -> None:
    assert set(HANDLES) <= set(slugs())
    assert set(FATES) == set(REFUSED) == set(HANDLES)
