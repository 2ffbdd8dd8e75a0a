"""The figures for Prometheus, from a real installation: clean by Prometheus's own tool, and a missing one is never zero."""

from __future__ import annotations

from typing import get_args

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families

from headcount.measure.health import Health
from headcount.metrics.exposition import OPENMETRICS, TEXT, form_for
from headcount.metrics.public import public
from headcount.pipeline.expecting import expectation
from headcount.vitals.signs import AccountSigns, Vitals
from headcount.vitals.take import take
from tests.metrics.conftest import SECRETS
from tests.metrics.prometheus import promtool
from tests.serve.village import INTERNAL, NOON, Village

Samples = dict[tuple[str, ...], float]


def samples(text: bytes, name: str, *labels: str) -> Samples:
    """The samples of a gauge, by the values of some labels."""
    families = {each.name: each for each in text_string_to_metric_families(text.decode())}
    return {tuple(each.labels[label] for label in labels): each.value for each in families[name].samples}


def test_prometheus_s_own_tool_finds_nothing_to_complain_of(text: bytes) -> None:
    assert promtool("check", "metrics", told=text) == (0, "")


@pytest.mark.parametrize(
    "spoilt",
    [
        b"# HELP headcount_requests_total Requests.\n# TYPE headcount_requests_total gauge\nheadcount_requests_total 1\n",
        b"# TYPE headcount_nameless gauge\nheadcount_nameless 1\n",
        b"headcount-followers 1\n",
        b"headcount_followers many\n",
    ],
)
def test_a_bad_name_a_gauge_without_words_and_nonsense_are_caught(text: bytes, spoilt: bytes) -> None:
    status, said = promtool("check", "metrics", told=text + spoilt)
    assert (status != 0, said != "") == (True, True)


def test_an_account_without_a_count_is_left_out_and_one_with_a_count_says_as_of_when(text: bytes) -> None:
    counts = samples(text, "headcount_followers", "account", "source")
    assert counts["twitter/energy", "api"] == 1_009_600, "the held one is not shown"
    assert counts["twitter/lab", "api"] == 399
    assert 0 not in counts.values()
    assert not [account for account, _ in counts if account in {"twitter/gone", "youtube/@never"}]
    at = samples(text, "headcount_followers_counted_timestamp_seconds", "account")
    assert at.keys() == {(account,) for account, _ in counts}
    assert at["twitter/energy",] == NOON.timestamp() + 60


def test_each_account_is_in_one_state_of_all_that_there_are(text: bytes) -> None:
    states = samples(text, "headcount_account_health", "account", "health")
    accounts = {account for account, _ in states}
    assert len(states) == len(accounts) * len(get_args(Health))
    assert all(sum(states[account, word] for word in get_args(Health)) == 1 for account in accounts)
    now = {account: word for (account, word), value in states.items() if value}
    assert now["twitter/energy"] == "held"
    assert now["twitter/lab"] == "failing"
    assert now["twitter/old"] == "retired"
    assert now["twitter/gone"] == "never counted"
    assert now[f"twitter/{INTERNAL}"] == "stale"


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        ("headcount_source_up", ["platform", "source"], {("facebook", "page"): 1, ("twitter", "api"): 0}),
        ("headcount_target_up", ["target"], {("web",): 0}),
        ("headcount_readings_awaiting_review", [], {(): 2}),
        ("headcount_incidents_open", ["kind", "severity"], {("platform", "urgent"): 1, ("account", "warning"): 1}),
        ("headcount_letters_undelivered", [], {(): 1}),
        (
            "headcount_token_expiry_timestamp_seconds",
            ["platform", "credential"],
            {("facebook", "token"): 1_796_169_600},
        ),
        ("headcount_run_requests", ["job_name"], {("hourly",): 4}),
        ("headcount_run_readings", ["job_name"], {("hourly",): 9}),
        ("headcount_run_misses", ["job_name", "reason"], {("hourly", "private"): 1}),
        ("headcount_run_duration_seconds", ["job_name"], {("hourly",): 1.5}),
    ],
)
def test_the_operator_is_told_what_is_the_matter(text: bytes, name: str, labels: list[str], expected: Samples) -> None:
    assert samples(text, name, *labels) == expected


def test_what_was_never_so_is_left_out(text: bytes) -> None:
    assert samples(text, "headcount_job_last_success_timestamp_seconds", "job_name").keys() == {("hourly",)}
    assert ("youtube",) not in samples(text, "headcount_platform_up", "platform")


def test_everybody_is_told_of_no_internal_account_and_of_no_credential(troubled: Village, text: bytes) -> None:
    house = troubled.house()
    said = TEXT.written(public(take(house.store, expectation(house), house.clock.now()))).decode()
    assert 'headcount_followers{account="twitter/energy"' in said
    assert [secret for secret in SECRETS if secret in said] == []
    assert INTERNAL in text.decode(), "the operator is"


def test_openmetrics_says_the_same(troubled: Village, text: bytes) -> None:
    house = troubled.house()
    vitals = take(house.store, expectation(house), house.clock.now())
    families = parse_openmetrics(OPENMETRICS.written(public(vitals)).decode())  # type: ignore[no-untyped-call] # it has no types
    found = {
        each.labels["account"]: each.value
        for one in families
        for each in one.samples
        if each.name == "headcount_followers"
    }
    assert found["twitter/energy"] == samples(text, "headcount_followers", "account")["twitter/energy",]


@pytest.mark.parametrize(
    ("accepted", "media"),
    [
        ("", "text/plain; version=0.0.4; charset=utf-8"),
        ("*/*", "text/plain; version=0.0.4; charset=utf-8"),
        ("application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.5", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
        ("Application/OpenMetrics-Text; version=nonsense", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
    ],
)  # fmt: skip
def test_a_scraper_gets_the_form_that_it_takes(accepted: str, media: str) -> None:
    assert form_for(accepted).media == media


NASTY = 'a"b\\c\nd{e="f"} \u2026'


def test_whatever_something_is_called_the_figures_can_be_read() -> None:
    signs = AccountSigns(
        key=NASTY, unit=NASTY, platform="twitter", public=True, health="ok", since=NOON, count=7, source=NASTY
    )
    vitals = Vitals(at=NOON, accounts=(signs,), platforms=(), sources=(), jobs=(), targets=())
    said = TEXT.written(public(vitals))
    assert samples(said, "headcount_followers", "account", "unit", "source") == {(NASTY, NASTY, NASTY): 7}
    assert promtool("check", "metrics", told=said) == (0, "")


def test_there_are_no_more_series_than_accounts_have_states_and_figures(text: bytes) -> None:
    series = [each for family in text_string_to_metric_families(text.decode()) for each in family.samples]
    of_accounts = [each for each in series if "account" in each.labels]
    accounts = {each.labels["account"] for each in of_accounts}
    assert len(of_accounts) <= len(accounts) * (len(get_args(Health)) + 3)
    assert {"handle", "detail", "why", "run", "id"}.isdisjoint(label for each in series for label in each.labels)
