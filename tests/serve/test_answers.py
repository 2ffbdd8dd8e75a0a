"""What the API answers, from a store whose counts are known."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.serve.village import BASE

ENERGY = "accounts/twitter/energy"


async def ask(client: httpx.AsyncClient, question: str) -> dict[str, Any]:
    answer = await client.get(f"{BASE}/v1/{question}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_tree_of_units_says_of_how_many_accounts_a_total_is(client: httpx.AsyncClient) -> None:
    department, rival = (await ask(client, "units"))["units"]
    lab, office = department["children"]
    assert department["own"] == {"sum": 1_009_600 + 29_000, "counted": 2, "of": 2, "complete": True}
    assert lab["own"] == {"sum": 77, "counted": 1, "of": 3, "complete": False}
    assert department["whole"] == {"sum": 1_038_677, "counted": 3, "of": 6, "complete": False}
    assert office["own"] == {"sum": None, "counted": 0, "of": 1, "complete": False}, "the archived one is in no total"
    assert rival["own"] == {"sum": None, "counted": 0, "of": 0, "complete": True}, "nor is a peer"


async def test_every_public_account_is_listed_and_no_other(client: httpx.AsyncClient) -> None:
    assert [each["key"] for each in (await ask(client, "accounts"))["accounts"]] == [
        "facebook/energygov",
        "mastodon/lab@mastodon.social",
        "twitter/energy",
        "twitter/gone",
        "twitter/lab",
        "twitter/old",
        "twitter/rival",
        "youtube/never",
    ]


@pytest.mark.parametrize("name", ["mastodon/lab@mastodon.social", "mastodon/lab%40mastodon.social"])
async def test_an_account_is_found_by_its_key_as_it_is_and_encoded(client: httpx.AsyncClient, name: str) -> None:
    found = await ask(client, f"accounts/{name}")
    assert (found["account"]["key"], found["counts"][0]["count"]) == ("mastodon/lab@mastodon.social", 77)


async def test_an_account_has_its_newest_counts_its_changes_and_its_health(client: httpx.AsyncClient) -> None:
    found = await ask(client, ENERGY)
    (count,) = found["counts"]
    assert (count["count"], count["change_24h"], count["change_7d"], count["change_30d"]) == (
        1_009_600,
        240,
        1680,
        7200,
    )
    assert found["health"]["health"] == "ok"


@pytest.mark.parametrize(
    "name", ["youtube/@never", "youtube/%40NEVER", "twitter/ENERGY", "mastodon/Lab@mastodon.social"]
)
async def test_an_account_is_understood_by_its_handle_too(client: httpx.AsyncClient, name: str) -> None:
    by_key = name.lower().replace("%40", "@").replace("/@", "/")
    assert (await ask(client, f"accounts/{name}")) == (await ask(client, f"accounts/{by_key}"))


async def test_the_newest_counts_are_those_of_everyone_who_may_be_seen(client: httpx.AsyncClient) -> None:
    counts = {each["key"]: each for each in (await ask(client, "latest"))["counts"]}
    assert counts["facebook/energygov"]["granularity"] == 1000
    assert counts["twitter/lab"]["count"] == 399, "the last one stands"
    assert counts["twitter/lab"]["change_24h"] is None
    assert "twitter/gone" not in counts


async def test_the_health_says_why_and_how_many_are_how(client: httpx.AsyncClient) -> None:
    found = await ask(client, "health")
    how = {each["key"]: (each["health"], each["reason"]) for each in found["accounts"]}
    assert how["twitter/lab"] == ("failing", "private")
    (lab,) = [each for each in found["accounts"] if each["key"] == "twitter/lab"]
    assert (lab["counted_at"], lab["since"]) == ("2026-10-15T15:01:00Z", "2026-10-15T16:01:00Z"), (
        "the first miss of many"
    )
    assert how["twitter/old"] == ("retired", "archived")
    assert how["youtube/never"] == ("never counted", None)
    assert found["totals"] == {
        "ok": 4, "degraded": 0, "stale": 0, "failing": 1, "held": 0, "retired": 1, "absent": 0, "never counted": 2
    }  # fmt: skip


async def test_the_health_says_how_platforms_jobs_and_targets_are(client: httpx.AsyncClient) -> None:
    found = await ask(client, "health")
    assert {each["platform"]: each["health"] for each in found["platforms"]} == {
        "twitter": "ok", "facebook": "ok", "mastodon": "ok", "youtube": "never",
    }  # fmt: skip
    assert [(each["job"], each["health"]) for each in found["jobs"]] == [("hourly", "failing")], (
        "a run was never finished, and daily has never run"
    )
    assert [(each["target"], each["health"]) for each in found["targets"]] == [("web", "ok")]
    assert "sources" not in found


async def test_a_run_says_what_it_came_to(client: httpx.AsyncClient) -> None:
    runs = (await ask(client, "runs?job=hourly&limit=2"))["runs"]
    assert [(run["id"], run["came_to"]) for run in runs] == [(2, None), (1, None)]
    assert (await ask(client, "runs?job=daily"))["runs"] == []


@pytest.mark.parametrize(
    ("question", "at", "count"),
    [
        ("step=raw&start=2026-11-20T10:00Z", ["2026-11-20T10:01:00Z", "2026-11-20T11:01:00Z", "2026-11-20T12:01:00Z"], [1009580, 1009590, 1009600]),
        ("step=raw&start=2026-11-20T10:00Z&end=2026-11-20T11:01Z", ["2026-11-20T10:01:00Z"], [1009580]),
        ("step=hour&start=2026-11-20T06:00&end=2026-11-20T07:00", ["2026-11-20T11:00:00Z"], [1009590]),
        ("step=hour&start=2026-11-20T06:00&end=2026-11-20T07:00&tz=UTC", ["2026-11-20T06:00:00Z"], [1009540]),
        ("step=raw&start=2026-11-20T07:00Z&end=2026-11-20T08:00Z", ["2026-11-20T07:01:00Z"], [1009000]),
        ("start=2026-11-18&end=2026-11-19", ["2026-11-18", "2026-11-19"], [1009280, 1009520]),
        ("start=2026-11-18&end=2026-11-19&tz=Asia/Tokyo", ["2026-11-18", "2026-11-19"], [1009140, 1009380]),
        ("step=week&start=2026-11-09", ["2026-11-15", "2026-11-20"], [1008560, 1009600]),
        ("step=month", ["2026-10-31", "2026-11-20"], [1004950, 1009600]),
        ("metric=likes", [], []),
        ("step=hour&start=2020-01-01&end=2020-02-01", [], []),
        ("start=2030-01-01&end=2030-02-01", [], []),
    ],
)  # fmt: skip
async def test_a_series_has_the_counts_that_were_asked_for(
    client: httpx.AsyncClient, question: str, at: list[str], count: list[int]
) -> None:
    found = await ask(client, f"{ENERGY}/series?{question}")
    assert (found["at"], found["count"]) == (at, count)
    assert len(found["granularity"]) == len(found["source"]) == len(at)


async def test_the_days_are_the_organisations_where_no_zone_is_named(client: httpx.AsyncClient) -> None:
    assert (await ask(client, f"{ENERGY}/series"))["timezone"] == "America/New_York"


async def test_a_series_is_the_same_as_csv(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{BASE}/v1/{ENERGY}/series?start=2026-11-18&end=2026-11-19&format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.text == "at,count,granularity,source\r\n2026-11-18,1009280,1,api\r\n2026-11-19,1009520,1,api\r\n"


async def test_a_held_count_is_in_no_series(client: httpx.AsyncClient) -> None:
    found = await ask(client, "accounts/twitter/rival/series?step=raw")
    assert set(found["count"]) == {500}


async def test_the_matrix_puts_gains_where_they_arose(client: httpx.AsyncClient) -> None:
    found = await ask(client, f"{ENERGY}/matrix")
    assert (len(found["cells"]), {len(row) for row in found["cells"]}) == (7, {24})
    assert found["whole"]["gain"] == 9600
    assert found["cells"][0][5]["average"] == pytest.approx(10)
    assert found["why"] is None


async def test_a_matrix_of_rounded_counts_says_why_it_is_empty(client: httpx.AsyncClient) -> None:
    found = await ask(client, "accounts/facebook/energygov/matrix?start=2026-11-01&tz=UTC")
    assert "rounded" in found["why"]
    assert found["whole"]["average"] is None


async def test_a_forecast_says_when_a_target_is_reached(client: httpx.AsyncClient) -> None:
    found = await ask(client, f"{ENERGY}/forecast?target=1012000")
    assert found["forecast"]["crossing"]["expected"] == "2026-12-01"
    assert found["not_forecastable"] is None


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        ("twitter/lab", "too few counts"),
        ("youtube/never", "too few counts"),
        ("mastodon/lab@mastodon.social", "does not move"),
    ],
)
async def test_what_cannot_be_forecast_is_not(client: httpx.AsyncClient, account: str, reason: str) -> None:
    found = await ask(client, f"accounts/{account}/forecast?target=1000")
    assert (found["forecast"], found["not_forecastable"]["reason"]) == (None, reason)
