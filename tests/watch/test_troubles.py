"""What is the matter at a look, and what follows from something else and is not told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from headcount.news.story import Severity, Story
from headcount.vitals.signs import AccountSigns, JobSigns, SourceSigns, TargetSigns, Working
from headcount.watch.look import Deaf, Disk, Rest, Together
from tests.watch.material import DAY, HOUR, NOON, account, failing, found, keys, many, story

ACCOUNTS: dict[str, tuple[list[AccountSigns], list[str]]] = {
    "all is well": (many("youtube", 5), []),
    "nobody is there": ([], []),
    "an account is gone, says the official source": (
        [*many("youtube", 9), failing("youtube/x", "not_found", again=False)], ["account/youtube/x/not_found"]),
    "an account is gone, says a page, once": (
        [*many("youtube", 9), failing("youtube/x", "not_found", again=False, source="page")], []),
    "an account is gone, says a page, twice": (
        [*many("youtube", 9), failing("youtube/x", "not_found", source="page")], ["account/youtube/x/not_found"]),
    "an account is private, once": ([*many("youtube", 9), failing("youtube/x", "private", again=False)], []),
    "an account is private, twice": (
        [*many("youtube", 9), failing("youtube/x", "private")], ["account/youtube/x/private"]),
    "two accounts are gone, for each its own reason": (
        [*many("youtube", 1), *many("youtube", 2, "not_found", first=5)],
        ["account/youtube/a5/not_found", "account/youtube/a6/not_found"]),
    "half of a platform is gone at once": (
        [*many("youtube", 3), *many("youtube", 3, "not_found", first=5)], ["platform/youtube/not_found"]),
    "three of many are gone": (
        [*many("youtube", 7), *many("youtube", 3, "not_found", first=10)],
        [f"account/youtube/a{number}/not_found" for number in (10, 11, 12)]),
    "half of a platform is gone, one after the other": (
        [failing(f"youtube/a{number}", "not_found", NOON - number * DAY) for number in range(3)],
        [f"account/youtube/a{number}/not_found" for number in (0, 1, 2)]),
    "a platform is out of reach, once": ([*many("x", 1), *many("youtube", 100, "unreachable", again=False)], []),
    "a platform is out of reach, twice": (
        [*many("x", 1), *many("youtube", 100, "unreachable")], ["platform/youtube/unreachable"]),
    "a platform is out of reach, and slow": (
        [*many("x", 1), *many("youtube", 50, "unreachable"), *many("youtube", 50, "too_slow", first=50)],
        ["platform/youtube/unreachable"]),
    "a platform does not accept the token": (
        many("youtube", 100, "bad_credentials", again=False), ["platform/youtube/bad_credentials"]),
    "a page has changed": (many("youtube", 2, "shape_changed", again=False), ["platform/youtube/shape_changed"]),
    "a platform asks to slow down, once": (many("youtube", 9, "rate_limited", again=False), []),
    "a platform asks to slow down, twice": (many("youtube", 9, "rate_limited"), ["platform/youtube/rate_limited"]),
    "nobody answers": ([*many("x", 9, "unreachable"), *many("youtube", 9, "too_slow")], ["network"]),
    "nobody answers, once": ([*many("x", 9, "unreachable", again=False), *many("youtube", 9, "too_slow", again=False)], []),
    "the only platform does not answer": (many("x", 9, "unreachable"), ["network"]),
    "nobody answers, and some are not asked so often": (
        [*many("x", 9, "unreachable"), *many("youtube", 9, "unreachable"), *many("bluesky", 9, counted_at=NOON - 9 * HOUR)],
        ["network"]),
    "two platforms do not answer, and another does": (
        [*many("x", 9, "unreachable"), *many("youtube", 9, "unreachable"), *many("bluesky", 9, counted_at=NOON + HOUR)],
        ["platform/x/unreachable", "platform/youtube/unreachable"]),
    "two platforms do not answer, and another refuses": (
        [*many("x", 9, "unreachable"), *many("y", 9, "unreachable"), *many("z", 9, "bad_credentials", again=False)],
        ["platform/x/unreachable", "platform/y/unreachable", "platform/z/bad_credentials"]),
    "a count is held": ([*many("x", 9), account("x/h", "held")], ["held/x/h/leap"]),
    "two counts are held": (
        [*many("x", 9), account("x/h", "held"), account("x/i", "held")], ["held/x/h/leap", "held/x/i"]),
    "three counts are held in one run": ([*many("x", 9), *(account(f"x/{h}", "held") for h in "hij")], ["together/x"]),
    "three counts are held on three days": (
        [account(f"x/{h}", "held", since=NOON - days * DAY) for h, days in (("g", 0), ("i", 2), ("j", 4))],
        ["held/x/g", "held/x/i", "held/x/j"]),
    "nobody asks": ([account("x/s", "stale"), account("x/t", "stale"), account("y/s", "stale")], ["stale/x", "stale/y"]),
    "closed, hidden, archived or never counted": (
        [account("x/r", "retired"), account("x/h", "absent", "hidden"), account("x/n", "never counted")], []),
}  # fmt: skip


@pytest.mark.parametrize(("accounts", "told"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_what_is_the_matter_with_accounts_is_told_as_what_it_is(
    accounts: Iterable[AccountSigns], told: list[str]
) -> None:
    assert keys(found(accounts, rules={"x/h": "leap"})) == told


@pytest.mark.parametrize(
    ("accounts", "severity"),
    [
        (many("x", 9, "blocked"), "urgent"),
        (many("x", 2, "blocked"), "warning"),
        ([*many("x", 5), *many("x", 5, "blocked", first=5)], "warning"),
        ([*many("x", 8), *many("x", 2, "blocked", first=8)], "notice"),
        ([*many("x", 8), *many("x", 2, "bad_credentials", first=8)], "warning"),
    ],
)
def test_it_is_the_worse_the_more_accounts_it_takes(accounts: list[AccountSigns], severity: Severity) -> None:
    (told,) = found(accounts).stories
    assert told.severity == severity
    assert told.figures["of"] == len(accounts)


def test_an_incident_of_a_platform_keeps_its_accounts_as_they_recover() -> None:
    (before,) = found([*many("x", 2), *many("x", 4, "not_found", first=2)]).stories
    left = [*many("x", 5), *many("x", 1, "not_found", first=5)]
    assert keys(found(left, open=(before,))) == ["platform/x/not_found"]


def test_an_account_that_was_told_of_alone_stays_alone() -> None:
    alone = story("account", "x/a0", "not_found", accounts=("x/a0",))
    later = [failing("x/a0", "not_found", NOON - DAY), *many("x", 3, "not_found", first=1)]
    assert keys(found(later, open=(alone,))) == ["account/x/a0/not_found", "platform/x/not_found"]


def test_an_account_that_was_told_of_is_not_told_of_again_as_out_of_reach() -> None:
    alone = story("account", "x/a0", "not_found", accounts=("x/a0",))
    assert keys(found([*many("x", 9, first=1), failing("x/a0", "unreachable")], open=(alone,))) == []


def source(reason: str = "bad_credentials", *, again: bool = False) -> SourceSigns:
    return SourceSigns(
        platform="x",
        source="api",
        health="failing",
        since=NOON,
        reason=reason,  # type: ignore[arg-type] # each test says one that there is
        again=again,
    )


def fallback(number: int) -> list[AccountSigns]:
    return [account(f"x/a{each}", "degraded", "fallback", source="page") for each in range(number)]


@pytest.mark.parametrize(
    ("accounts", "failed", "told"),
    [
        (fallback(3), source(), ["source/x.api/bad_credentials"]),
        (fallback(3), source("unreachable"), []),
        (fallback(3), source("unreachable", again=True), ["source/x.api/unreachable"]),
        (many("x", 3), source(), []),
        (many("x", 3, "bad_credentials"), source(), ["platform/x/bad_credentials"]),
        ([*fallback(1), *many("x", 3, "bad_credentials", first=1)], source(), ["platform/x/bad_credentials"]),
    ],
)
def test_a_source_is_told_of_while_another_one_counts_for_it(
    accounts: list[AccountSigns], failed: SourceSigns, told: list[str]
) -> None:
    assert keys(found(accounts, sources=[failed])) == told


LATE = JobSigns(job="hourly", health="stale", since=NOON - DAY, due=NOON)
STALE = [account("x/s", "stale"), *many("y", 3)]


def target(health: Working, *, again: bool = False, since: datetime = NOON) -> TargetSigns:
    return TargetSigns(target="web", health=health, since=since, fault="full", again=again)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (found(many("x", 3), jobs=[LATE]), ["job/hourly"]),
        (found(STALE, jobs=[LATE]), ["job/hourly"]),
        (found(STALE), ["stale/x"]),
        (found([*many("x", 3, "blocked"), account("x/s", "stale")]), ["platform/x/blocked"]),
        (found([*many("x", 3, "unreachable"), account("x/s", "stale")]), ["network"]),
        (found(STALE, newest=NOON + HOUR), ["clock"]),
        (found(many("x", 3), targets=[target("failing")]), []),
        (found(many("x", 3), targets=[target("failing", again=True)]), ["target/web"]),
        (found(many("x", 3), targets=[target("stale")]), ["target/web"]),
        (found(many("x", 3), targets=[target("never")]), []),
        (found(many("x", 3, "unreachable"), targets=[target("failing", again=True, since=NOON + HOUR)]), ["network"]),
        (found(many("x", 3, "unreachable"), targets=[target("failing", again=True, since=NOON - DAY)]),
         ["network", "target/web"]),
    ],
)  # fmt: skip
def test_what_follows_from_something_else_is_not_told(seen: object, told: list[str]) -> None:
    assert keys(seen) == told  # type: ignore[arg-type] # it is what `found` finds


def test_what_follows_is_known_all_the_same() -> None:
    assert found(STALE, jobs=[LATE]).explained == {"stale/x"}


PURGE = {"x": Together("purge", ("x/h", "x/i", "x/j"), NOON)}


@pytest.mark.parametrize(
    ("rule", "told"), [("off_course", []), ("leap", ["held/x/h/leap", "held/x/i/leap", "held/x/j/leap"])]
)
def test_counts_that_a_purge_holds_back_are_released_by_themselves_and_leaps_are_not(
    rule: str, told: list[str]
) -> None:
    held = [account(f"x/{name}", "held") for name in "hij"]
    assert keys(found(held, together=PURGE, rules=dict.fromkeys(PURGE["x"].accounts, rule))) == told


@pytest.mark.parametrize(
    ("days", "told"),
    [(15, None), (14, ("warning", 14)), (9, ("warning", 14)), (7, ("warning", 7)), (4, ("warning", 7)), (3, ("urgent", 3)),
     (2, ("urgent", 3)), (1, ("urgent", 1)), (0, ("urgent", 1)), (-1, ("urgent", -1)), (-99, ("urgent", -1))],
)  # fmt: skip
def test_a_credential_is_told_of_fourteen_seven_three_days_and_one_day_ahead(days: int, told: object) -> None:
    stories = found(expiries={"x.token": date(2026, 11, 20) + timedelta(days=days)}).stories
    assert [(each.severity, each.figures["step"]) for each in stories] == ([told] if told else [])


GIGABYTE = 10**9


@pytest.mark.parametrize(
    ("disk", "severity"),
    [
        (Disk("state", 100 * GIGABYTE, 11 * GIGABYTE), None),
        (Disk("state", 100 * GIGABYTE, 10 * GIGABYTE), "warning"),
        (Disk("state", 2 * GIGABYTE, GIGABYTE), None),
        (Disk("state", 100 * GIGABYTE, GIGABYTE // 3), "urgent"),
    ],
)
def test_a_disk_is_told_of_before_it_is_full(disk: Disk, severity: Severity | None) -> None:
    assert [each.severity for each in found(disk=disk).stories] == ([severity] if severity else [])


@pytest.mark.parametrize(("ahead", "told"), [(-HOUR, []), (timedelta(seconds=90), []), (HOUR, ["clock"])])
def test_a_clock_that_says_less_than_it_said_is_wrong(ahead: timedelta, told: list[str]) -> None:
    assert keys(found(newest=NOON + ahead)) == told


def test_a_deaf_channel_and_what_is_known_besides_are_told() -> None:
    press = story("target", "press")
    assert keys(found(deaf=(Deaf("mail", NOON),), besides=(press,))) == ["channel/mail", "target/press"]


def test_without_a_roster_nothing_is_said_of_accounts() -> None:
    seen = found(vitals=None, besides=(story("configuration", "roster.csv"),))
    assert (keys(seen), seen.listed) == (["configuration/roster.csv"], None)


REST = Rest(1000, NOON - DAY)
OPEN = story("stuck", "x/a0", accounts=("x/a0",), figures={"count": 1000})


@pytest.mark.parametrize(
    ("count", "rests", "before", "told"),
    [
        (1000, {"x/a0": REST}, (), ["stuck/x/a0"]),
        (1001, {"x/a0": REST}, (), []),
        (1000, {}, (OPEN,), ["stuck/x/a0"]),
        (1001, {}, (OPEN,), []),
        (1000, {}, (), []),
    ],
)
def test_a_count_is_stuck_until_it_moves(
    count: int, rests: dict[str, Rest], before: tuple[Story, ...], told: list[str]
) -> None:
    assert keys(found([account("x/a0", count=count)], rests=rests, open=before)) == told
