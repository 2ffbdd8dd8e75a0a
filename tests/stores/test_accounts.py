"""What became of accounts: appended with its date, never changed, and what was said last holds."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.event import listen

from headcount.model import Account
from headcount.store import migrations
from headcount.store.database import Database
from headcount.store.nouns import Happening, Held, Known
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOUR, MINUTE, NOON, fill, keep, reading

WHO = Account(ENERGY, "energy")


def note(store: SqlStore, kind: str, hours: int = 0, handle: str = "", who: str = "jane") -> None:
    happening = Happening(kind, NOON + hours * HOUR, who, "because", handle)  # type: ignore[arg-type] # each test names one of the kinds
    store.note(WHO, happening, NOON + 9 * HOUR)


def hear(store: SqlStore, hours: int, handle: str, source: str = "api", asked: str = ENERGY) -> None:
    at = NOON + hours * HOUR
    keep(store, fill(reading(hours, key=asked, handle=handle, at=at, source=source, ids={"x": "1"}), at))


def energy(store: SqlStore) -> Known:
    return {each.key: each for each in store.accounts()}[ENERGY]


def held(store: SqlStore) -> list[tuple[str, int]]:
    """Each handle with the hour from which on the account had it."""
    return [(each.handle, (each.since - NOON) // HOUR) for each in energy(store).held]


def test_handles_follow_one_another_with_their_dates(store: SqlStore) -> None:
    for hours, handle in enumerate(["energy", "energy", "EnergyGov", "EnergyGov", "energy"]):
        hear(store, hours, handle)
    assert held(store) == [("energy", 0), ("EnergyGov", 2), ("energy", 4)]
    assert energy(store).handles == ("EnergyGov", "energy")


def test_another_spelling_is_no_other_handle(store: SqlStore) -> None:
    for hours, handle in enumerate(["energy", "@Energy", "ENERGY"]):
        hear(store, hours, handle)
    assert held(store) == [("ENERGY", 0)]


def test_two_sources_that_write_one_handle_differently_do_not_rename_it_to_and_fro(store: SqlStore) -> None:
    for hours in range(0, 8, 2):
        hear(store, hours, "energy")
        hear(store, hours + 1, "energy@example.gov", source="page")
    assert held(store) == [("energy", 0), ("energy@example.gov", 1)]


def test_an_older_answer_that_comes_late_is_no_change(store: SqlStore) -> None:
    for hours, handle in ((0, "energy"), (4, "EnergyGov"), (2, "energy")):
        hear(store, hours, handle)
    assert held(store) == [("energy", 0), ("EnergyGov", 4)]


def test_the_name_that_it_was_found_by_is_its_own_too_and_has_no_date(store: SqlStore) -> None:
    keep(store, fill(reading(key="youtube/user-nasa", handle="@nasa", ids={"uc": "1"})))
    (known,) = store.accounts()
    assert known.handles == ("user-nasa", "@nasa")
    assert known.held == (Held("@nasa", NOON),)


def test_a_person_says_that_an_account_has_another_handle(store: SqlStore) -> None:
    hear(store, 0, "energy")
    note(store, "handle", 2, "EnergyGov")
    assert held(store) == [("energy", 0), ("EnergyGov", 2)]
    assert energy(store).renamed == "EnergyGov"
    hear(store, 4, "DOE")
    assert (energy(store).renamed, energy(store).handles[-1]) == (None, "DOE")


def test_of_two_handles_of_one_moment_the_one_that_was_said_last_holds_in_whatever_order_rows_are_read(
    store: SqlStore,
) -> None:
    if store.database.is_sqlite:
        store.database.close()
        listen(store.database.engine, "connect", _read_backwards)
    hear(store, 0, "energy")
    for handle in ("EnergyGov", "DOE"):
        note(store, "handle", 2, handle)
    assert energy(store).renamed == "DOE"
    hear(store, 4, "EnergyGov")
    assert held(store)[-2:] == [("DOE", 2), ("EnergyGov", 4)], "the platform answers to what was corrected"


def _read_backwards(connection: Connection, _: object) -> None:
    """What is read in no order comes in another one than it was written in."""
    connection.execute("PRAGMA reverse_unordered_selects = ON")


def test_an_account_that_was_never_counted_can_be_renamed_and_keeps_both_names(store: SqlStore) -> None:
    note(store, "handle", 2, "EnergyGov")
    assert energy(store).handles == ("energy", "EnergyGov")


def test_what_was_said_last_of_an_account_holds(store: SqlStore) -> None:
    hear(store, 0, "energy")
    for kind, closed in (("archive", "archived"), ("reopen", None), ("handover", "handed over"), ("reopen", None)):
        note(store, kind, 1)
        found = energy(store).closed
        assert (found.kind if found else None) == closed


def test_after_a_hand_over_an_account_is_meant_by_the_handles_that_it_has_taken_since(store: SqlStore) -> None:
    hear(store, 0, "energy")
    note(store, "archive", 1)
    assert energy(store).today == ("energy",)
    for hours in (1, 0):
        note(store, "handover", hours)
        assert energy(store).today == ()
    note(store, "handle", 3, "EnergyGov")
    assert energy(store).today == ("EnergyGov",)


def test_the_jobs_that_ever_counted_an_account_are_known(store: SqlStore) -> None:
    keep(
        store,
        fill(reading(), job="hourly"),
        fill(reading(), job="daily"),
        fill(reading(key="twitter/other"), job="weekly"),
    )
    assert store.counted_by(ENERGY) == ("daily", "hourly")
    assert store.counted_by("twitter/nobody") == ()


@pytest.mark.parametrize("since", ["0001", "0003"])
def test_a_store_of_an_older_version_keeps_what_it_has(empty_url: str, state: Path, since: str) -> None:
    database = Database(empty_url)
    with database.write() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__path__[0])))
        config.attributes["connection"] = connection
        command.upgrade(config, since)
        connection.execute(text("INSERT INTO accounts (id, key, platform) VALUES (1, 'twitter/energy', 'twitter')"))
        connection.execute(text("INSERT INTO handles (id, account, handle, seen_at) VALUES (1, 1, 'energy', 7000000)"))
    database.close()
    store = open_store(empty_url, state)
    assert [each.handle for each in energy(store).held] == ["energy"]
    assert store.keep_listings([], NOON) == (), "nobody knows whether it was public"
    note(store, "archive")
    assert energy(store).closed
    store.close()


def test_many_events_are_kept_apart(store: SqlStore) -> None:
    for each in range(30):
        store.note(Account(f"twitter/a{each}", f"a{each}"), Happening("archive", NOON, "jane"), NOON + each * MINUTE)
    assert len([each for each in store.accounts() if each.closed]) == 30
