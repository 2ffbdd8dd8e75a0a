"""What was corrected, what happened, what is missing and how each account is: all of it is told, and nobody's name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headcount.model import ACCEPTED, Account, Count, Reason
from headcount.publish.outputs.accounts import accounts_json
from headcount.publish.outputs.annotations import annotation_list
from headcount.publish.outputs.corrections import corrections
from headcount.publish.outputs.gaps import gaps
from headcount.publish.outputs.health import health as health_json
from headcount.store.noticing import Attended, Delivered
from headcount.store.nouns import Entered
from headcount.store.open import open_store
from tests.publish.newsroom import DAY, HELD, HOUR, MINUTE, NOON, Newsroom


def reading_of(newsroom: Newsroom, key: str, slot: datetime = NOON) -> int:
    (number,) = [row.reading for row in newsroom.store.fills(slot, slot + MINUTE) if row.key == key and row.reading]
    return number


def correct(newsroom: Newsroom, key: str, count: int | None, why: str = "a typing error") -> None:
    reading = reading_of(newsroom, key)
    newsroom.store.correct(reading, count, why=why, who="canary-staff", role="editor", at=NOON + 5 * MINUTE)


def test_a_correction_says_what_it_was_what_it_is_when_and_why_and_never_who(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000)
    correct(newsroom, "twitter/dot", 100)
    newsroom.publish()
    assert newsroom.rows("corrections.csv") == [
        {
            "corrected_at": "2026-11-20T12:05:00Z",
            "account": "twitter/dot",
            "platform": "twitter",
            "metric": "followers",
            "taken_at": "2026-11-20T12:01:00Z",
            "source": "api",
            "before": "1000",
            "after": "100",
            "why": "a typing error",
            "role": "editor",
        }
    ]
    assert all(b"canary-staff" not in newsroom.bytes(name) for name in newsroom.press.files)


def test_a_count_that_was_withdrawn_has_nothing_after_it_and_what_came_next_nothing_before(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000)
    correct(newsroom, "twitter/dot", None)
    correct(newsroom, "twitter/dot", 7)
    newsroom.publish(NOON + HOUR, corrections)
    assert [(row["before"], row["after"]) for row in newsroom.rows("corrections.csv")] == [("1000", ""), ("", "7")]


def test_corrections_of_who_may_not_be_seen_are_not_told(newsroom: Newsroom) -> None:
    newsroom.publish(NOON + HOUR, corrections)
    header = b"corrected_at,account,platform,metric,taken_at,source,before,after,why,role\r\n"
    assert newsroom.bytes("corrections.csv") == header
    newsroom.say("twitter/secret", 1000)
    correct(newsroom, "twitter/secret", 100)
    newsroom.publish(NOON + HOUR, corrections)
    assert newsroom.bytes("corrections.csv") == header


def test_events_are_told_but_those_of_an_internal_account(newsroom: Newsroom) -> None:
    newsroom.publish(NOON + HOUR, annotation_list)
    assert newsroom.bytes("annotations.csv").decode().splitlines() == [
        "from,to,account,unit_id,platform,text,link",
        "2026-11-20,,twitter/dot,,,'=A speech,https://example.gov/speech",
        "2026-11-20,2026-11-20,,007,,The lab moved,",
        "2026-11-20,,,,twitter,Counted anew,",
    ]


def test_a_count_that_is_held_is_a_gap_until_it_is_accepted(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000, verdict=HELD)
    newsroom.publish(NOON + HOUR, gaps)
    assert newsroom.document("gaps.json")["gaps"] == [
        {
            "account": "twitter/dot",
            "metric": "followers",
            "job": "hourly",
            "from": "2026-11-20T12:00:00Z",
            "to": "2026-11-20T13:00:00Z",
            "slots": 1,
            "status": "held",
            "reason": None,
            "known": False,
        }
    ]
    newsroom.store.decide(reading_of(newsroom, "twitter/dot"), ACCEPTED, "canary-staff", NOON + HOUR)
    newsroom.publish(NOON + HOUR, gaps)
    assert newsroom.document("gaps.json")["gaps"] == []


def test_a_count_that_is_withdrawn_is_a_gap_and_one_by_hand_fills_it(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000)
    newsroom.publish(NOON + HOUR, gaps)
    assert newsroom.document("gaps.json")["gaps"] == []
    correct(newsroom, "twitter/dot", None)
    newsroom.publish(NOON + HOUR, gaps)
    assert [gap["status"] for gap in newsroom.document("gaps.json")["gaps"]] == ["refused"]
    by_hand = Entered(
        Account("twitter/dot", "DOT"), "followers", 990, NOON + 2 * MINUTE, (("hourly", NOON),), "canary-staff", NOON
    )
    newsroom.store.enter([by_hand])
    newsroom.publish(NOON + HOUR, gaps)
    assert newsroom.document("gaps.json")["gaps"] == []


def test_an_hour_in_which_the_job_did_not_run_is_told_and_how_often_it_did(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1, NOON - 3 * HOUR)
    newsroom.say("twitter/dot", 2)
    newsroom.publish(NOON + HOUR, gaps)
    found = newsroom.document("gaps.json")
    assert found["not_run"] == [
        {"job": "hourly", "from": "2026-11-20T10:00:00Z", "to": "2026-11-20T12:00:00Z", "slots": 2, "reason": "not_run"}
    ]
    assert [(each["job"], each["slots"], each["run"], each["share"]) for each in found["jobs"]] == [
        ("daily", 0, 0, None), ("hourly", 4, 2, 0.5),
    ]  # fmt: skip


def test_nothing_of_an_internal_account_is_told_in_gaps_or_health(newsroom: Newsroom) -> None:
    newsroom.say("twitter/secret", "blocked")
    newsroom.publish()
    for name in ("gaps.json", "health.json"):
        assert b"secret" not in newsroom.bytes(name)
        assert b"canary" not in newsroom.bytes(name)


Happening = tuple[str, int, str]
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["twitter/dot", "twitter/dot", "twitter/lab", "twitter/secret"]),
        st.integers(0, 60),
        st.sampled_from(
            ["count", "count", "count", "miss", "retired", "hold", "hand", "correct", "publish", "publish"]
        ),
    ),
    max_size=30,
)


def happen(newsroom: Newsroom, key: str, slot: datetime, what: str) -> None:
    """Something that changes what is published."""
    match what:
        case "count":
            newsroom.say(key, 1000, slot)
        case "miss":
            newsroom.say(key, "blocked", slot)
        case "retired":
            newsroom.say(key, "retired", slot, job="daily")
        case "hold":
            newsroom.say(key, 5, slot, verdict=HELD)
        case "hand":
            at, account = slot + 3 * MINUTE, Account(key, key.partition("/")[2])
            newsroom.store.enter(
                [Entered(account, "followers", 9, at, (("hourly", slot),), "canary-staff", at, anew=True)]
            )
        case "correct":
            for row in newsroom.store.fills(slot, slot + MINUTE):
                if row.reading:
                    newsroom.store.correct(row.reading, None, why="wrong", who="canary-staff", role="", at=slot)


@settings(max_examples=6, deadline=None)
@given(happenings=HAPPENINGS)
def test_gaps_that_go_on_from_the_edition_before_are_those_made_from_nothing(happenings: list[Happening]) -> None:
    publish_now_and_then(happenings)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(happenings=HAPPENINGS)
def test_gaps_that_go_on_are_those_made_from_nothing_in_many_histories(happenings: list[Happening]) -> None:
    publish_now_and_then(happenings)


def publish_now_and_then(happenings: list[Happening]) -> None:
    with TemporaryDirectory() as folder:
        state = Path(folder)
        store = open_store(f"sqlite:///{state / 'headcount.db'}", state)
        newsroom, at = Newsroom(store, state / "press"), NOON
        for number, (key, hours, what) in enumerate(happenings):
            at += (number % 3) * HOUR
            if what == "publish":
                newsroom.publish(at + 50 * MINUTE, gaps)
            else:
                happen(newsroom, key, at - (hours if hours > 45 else 0) * HOUR, what)
        anew = newsroom.anew(state / "anew")
        for each in (newsroom, anew):
            each.publish(at + HOUR, gaps)
        store.close()
        assert newsroom.document("gaps.json") == anew.document("gaps.json")


def health(newsroom: Newsroom) -> dict[str, dict[str, object]]:
    return {each["account"]: each for each in newsroom.document("health.json")["accounts"]}


def test_how_each_account_is_since_when_and_why(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", Count(1000, 100, "rounded"), source="page")
    newsroom.say("twitter/lab", 5, NOON - 5 * HOUR)
    newsroom.say("twitter/lab", "blocked", NOON - 4 * HOUR)
    newsroom.say("twitter/lab", "blocked")
    newsroom.say("storify/dot", "retired")
    newsroom.say("twitter/rival", 9)
    newsroom.publish(NOON + HOUR, health_json)
    found = health(newsroom)
    assert found["twitter/dot"] == {
        "account": "twitter/dot",
        "unit_id": "1",
        "platform": "twitter",
        "metric": "followers",
        "health": "ok",
        "since": "2026-11-20T12:01:00Z",
        "reason": None,
        "taken_at": "2026-11-20T12:01:00Z",
        "age_hours": 0.98,
        "stale_after": "2026-11-20T13:55:00Z",
        "source": "page",
        "rounded_to": 100,
    }
    assert {
        key: (each["health"], each["since"], each["reason"]) for key, each in found.items() if key != "twitter/dot"
    } == {
        "facebook/dot": ("never counted", None, None),
        "storify/dot": ("retired", "2026-11-20T12:01:00Z", "retired"),
        "twitter/lab": ("failing", "2026-11-20T08:01:00Z", "blocked"),
        "twitter/rival": ("retired", "2026-01-24T12:00:00Z", "archived"),
        "youtube/lab": ("absent", None, "not_counted"),
    }
    assert (found["twitter/lab"]["taken_at"], found["twitter/lab"]["stale_after"]) == ("2026-11-20T07:01:00Z", None)


def test_how_many_are_well_is_told_in_all_and_by_platform(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000)
    newsroom.say("twitter/lab", 7, verdict=HELD)
    newsroom.publish(NOON + HOUR, health_json)
    found = newsroom.document("health.json")
    assert found["counts"] == {
        "ok": 1, "degraded": 0, "stale": 0, "failing": 0, "held": 1, "retired": 1, "absent": 1, "never counted": 2,
    }  # fmt: skip
    assert found["platforms"]["twitter"] == {"ok": 1, "held": 1, "retired": 1}


def test_how_platforms_jobs_and_targets_are_is_told_too(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000)
    newsroom.say("facebook/dot", "blocked")
    newsroom.store.delivered([Delivered("web", NOON, "/srv/secret cannot be written")])
    newsroom.publish(NOON + HOUR, health_json)
    found = newsroom.document("health.json")
    assert {each["platform"]: each["health"] for each in found["platform_health"]} == {
        "twitter": "ok", "facebook": "failing", "storify": "never", "youtube": "ok",
    }  # fmt: skip
    assert {each["job"]: (each["health"], each["due"]) for each in found["jobs"]} == {
        "hourly": ("failing", "2026-11-20T14:00:00Z"), "daily": ("never", "2026-11-21T05:00:00Z"),
    }  # fmt: skip
    assert found["targets"] == [
        {"target": "web", "health": "failing", "delivered_at": None, "since": "2026-11-20T12:00:00Z"}
    ]
    assert found["stale_after"] == "2026-11-20T15:00:00Z"


@pytest.mark.parametrize("reason", ["bad_credentials", "missing_permission", "payment_required", "quota_exhausted"])
def test_a_reason_that_says_something_of_a_credential_is_told_by_another_word(
    newsroom: Newsroom, reason: Reason
) -> None:
    newsroom.say("twitter/dot", reason)
    newsroom.publish(NOON + HOUR, health_json)
    assert health(newsroom)["twitter/dot"]["reason"] == "not_available"
    assert reason not in newsroom.bytes("health.json").decode()


def test_an_account_whose_best_source_fails_is_degraded(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000, source="page")
    run = newsroom.store.begin("hourly", NOON, NOON)
    newsroom.store.attend(run.id, [Attended("twitter", "api", 0, 0, 1, "bad_credentials", "HTTP 401")], NOON)
    newsroom.publish(NOON + HOUR, health_json)
    found = health(newsroom)["twitter/dot"]
    assert (found["health"], found["reason"], found["stale_after"]) == ("degraded", "fallback", "2026-11-20T13:55:00Z")


def test_each_account_is_listed_with_how_often_it_is_counted(newsroom: Newsroom) -> None:
    newsroom.publish(NOON + HOUR, accounts_json)
    units = newsroom.document("accounts.json")["units"]
    found = {each["key"]: each for each in (*units[0]["accounts"], *units[0]["children"][0]["accounts"])}
    assert (found["twitter/dot"]["counted_by"], found["twitter/dot"]["counted_every_minutes"]) == ("hourly", 60)
    assert (found["youtube/lab"]["counted_by"], found["youtube/lab"]["counted_every_minutes"]) == (None, None)


@pytest.mark.parametrize(("hours", "expected"), [(0, "ok"), (1, "ok"), (2, "stale"), (3, "stale")])
def test_an_account_is_stale_from_the_time_that_was_said(newsroom: Newsroom, hours: int, expected: str) -> None:
    newsroom.say("twitter/dot", 1000)
    newsroom.publish(NOON + hours * HOUR, health_json)
    (found,) = [each for key, each in health(newsroom).items() if key == "twitter/dot"]
    assert (found["health"], found["stale_after"]) == (expected, "2026-11-20T13:55:00Z")


def test_a_total_says_of_how_many_accounts_it_is_and_an_old_count_is_none_of_them(newsroom: Newsroom) -> None:
    newsroom.say("twitter/dot", 1000)
    newsroom.say("facebook/dot", 10, NOON - 8 * DAY)
    newsroom.say("storify/dot", "retired")
    newsroom.say("twitter/lab", 5)
    newsroom.publish()
    units = {row["unit_id"]: row for row in newsroom.rows("units.csv")}
    assert [units["1"][name] for name in ("accounts", "counted", "followers")] == ["3", "1", "1000"]
    assert [units["1"][f"{name}_below"] for name in ("accounts", "counted", "followers")] == ["5", "2", "1005"]
    assert [units["3"][name] for name in ("accounts", "counted", "followers")] == ["0", "0", ""]
    wide = {row["zid"]: row for row in newsroom.rows("all_social_data.csv")}
    assert (wide["1"]["twitter"], wide["1"]["facebook"]) == ("1000", "")
