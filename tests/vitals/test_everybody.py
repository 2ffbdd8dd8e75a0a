"""What everybody may know of how everything is, and what nobody may."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from headcount.measure.health import Health
from headcount.model import REASONS, Count
from headcount.news.words import OF_CREDENTIALS
from headcount.store.sql import SqlStore
from headcount.vitals.everybody import UNAVAILABLE, everybody
from headcount.vitals.words import because
from tests.vitals.life import account, attend, delivered, look, refused, say

CANARIES = ("canary", "bad_credentials", "HTTP 401", "/srv/secret")


def troubled(store: SqlStore) -> str:
    """Everything that may not be known, as everybody may know it."""
    say(store, 0, "bad_credentials")
    say(store, 0, Count(9), key="twitter/other")
    say(store, 0, "not_found", key="vimeo/canary")
    attend(store, 0, refused("api"))
    delivered(store, "web", (0, "/srv/secret cannot be written"))
    found = look(store, account(), account("twitter/other"), account("vimeo/canary", public=False))
    naive = msgspec.json.encode(found).decode()
    assert all(canary in naive for canary in CANARIES), "the control: without care each of them shows"
    return msgspec.json.encode(everybody(found)).decode()


def test_nobody_learns_of_internal_accounts_credentials_and_our_own_machines(store: SqlStore) -> None:
    shown = troubled(store)
    assert [canary for canary in (*CANARIES, "vimeo") if canary in shown] == []
    assert UNAVAILABLE in shown


def test_a_platform_is_shown_as_its_public_accounts_are(store: SqlStore) -> None:
    say(store, 0, "blocked", key="twitter/canary")
    say(store, 0, Count(9), key="twitter/other")
    found = everybody(look(store, account("twitter/canary", public=False), account("twitter/other")))
    (platform,) = found.platforms
    assert (platform.health, platform.accounts) == ("ok", {"ok": 1})


@pytest.mark.parametrize("reason", sorted({*REASONS, "archived", "not_counted", "fallback", "rounded", UNAVAILABLE}))
def test_every_reason_has_words_that_follow_a_name(reason: str) -> None:
    said = because("failing", reason)
    assert said.split()[0] in {"is", "was", "has", "hides", "does", "cannot", "could", "wants", "answers"}
    assert "_" not in said


@pytest.mark.parametrize("health", get_args(Health))
def test_every_health_has_words_that_follow_a_name(health: Health) -> None:
    assert because(health, "").split()[0] in {"is", "was", "has", "could"}


def test_what_says_something_of_credentials_is_known_by_the_closed_list() -> None:
    assert OF_CREDENTIALS <= REASONS
