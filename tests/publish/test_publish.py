"""What is published, from a real store: empty is never zero, held is never shown, and files appear whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec import structs

from headcount.model import ACCEPTED, Account, Count, Entry, Fill, Miss, Outcome, Reading, Unit, Verdict
from headcount.publish.edition import Edition, Listed, Wide
from headcount.publish.encode import csv_bytes, legacy_stamp, neutral, stamp
from headcount.publish.press import print_edition
from headcount.publish.printed import Press
from headcount.publish.tables import OUTPUTS, files
from headcount.store.contract import Imported, Store
from headcount.store.open import open_store
from headcount.store.reader import Changes

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELD = Verdict("hold", "leap", "far too many")

UNITS = (
    Unit("1", "Department, of Things", abbreviation="DOT"),
    Unit("2", "Lab", parent="1"),
    Unit("3", "Empty Office"),
)
ENTRIES = {
    "twitter/dot": Entry("1", "twitter", "DOT"),
    "facebook/dot": Entry("1", "facebook", "dot"),
    "twitter/lab": Entry("2", "twitter", "lab"),
    "twitter/lab-news": Entry("2", "twitter", "lab-news"),
    "twitter/secret": Entry("2", "twitter", "secret", visibility="internal"),
    "twitter/rival": Entry("3", "twitter", "rival", relation="peer"),
}
TABLE = Wide(
    "social_data", "hourly", {"DOTtwitter": ("twitter/dot", "followers"), "DOTfacebook": ("facebook/dot", "likes")}
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'headcount.db'}", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def edition(store: Store) -> Edition:
    listed = tuple(Listed(key, entry) for key, entry in ENTRIES.items())
    return Edition("Department", "UTC", UNITS, listed, (TABLE,), timedelta(days=7), NOON + HOUR, store, Changes(0))


def fill(
    store: Store,
    key: str,
    value: int | None,
    slot: datetime = NOON,
    *,
    verdict: Verdict = ACCEPTED,
    metric: str = "followers",
) -> None:
    """Put a count of an account (None: a miss) in the hourly slot."""
    account = Account(key, ENTRIES[key].handle)
    run = store.begin("hourly", slot, slot)
    said = Miss(account, "unreachable", "HTTP 500") if value is None else Reading(account, metric, Count(value))
    outcome = Outcome(said, "api", slot + timedelta(minutes=1))
    store.append(run.id, [Fill("hourly", slot, outcome, None if value is None else verdict)])


def contents(edition: Edition) -> dict[str, bytes]:
    """Every file of the edition, by name."""
    with TemporaryDirectory() as folder:
        of_now = structs.replace(edition, spans=edition.store.spans())
        press = print_edition(of_now, files(of_now), Press(Path(folder)))
        return {name: press.place(printed).read_bytes() for name, printed in press.files.items()}


def text(edition: Edition, name: str) -> str:
    return contents(edition)[name].decode()


def rows(edition: Edition, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(edition, name), newline="")))


def unit_cells(edition: Edition) -> dict[str, str]:
    return {row["zid"]: row["twitter"] for row in rows(edition, "all_social_data.csv")}


def test_the_first_line_is_what_the_old_pages_read(edition: Edition) -> None:
    assert text(edition, "all_social_data.csv").splitlines()[0] == (
        "type,zid,facebook,twitter,instagram,youtube,medium,pinterest,storify,linkedin,google,vimeo,flickr,slideshare"
    )


def test_units_stand_in_the_order_of_the_roster_and_without_counts_they_are_empty(edition: Edition) -> None:
    assert [(row["type"], row["zid"], row["twitter"]) for row in rows(edition, "all_social_data.csv")] == [
        ("Department, of Things", "1", ""),
        ("Lab", "2", ""),
        ("Empty Office", "3", ""),
    ]


def test_a_count_is_plain_digits_and_zero_is_a_count(store: Store, edition: Edition) -> None:
    fill(store, "twitter/dot", 1234567)
    fill(store, "facebook/dot", 0)
    (row,) = [row for row in rows(edition, "all_social_data.csv") if row["zid"] == "1"]
    assert (row["twitter"], row["facebook"]) == ("1234567", "0")


def test_a_cell_of_several_accounts_is_their_sum_and_empty_while_one_is_missing(store: Store, edition: Edition) -> None:
    fill(store, "twitter/lab", 10)
    assert unit_cells(edition)["2"] == ""
    fill(store, "twitter/lab-news", 5)
    assert unit_cells(edition)["2"] == "15"


def test_a_miss_never_shows_as_zero_and_the_last_count_stands_while_it_is_fresh(store: Store, edition: Edition) -> None:
    fill(store, "twitter/dot", 100, NOON - DAY)
    fill(store, "twitter/dot", None)
    assert unit_cells(edition)["1"] == "100"


def test_a_count_older_than_a_week_is_not_shown(store: Store, edition: Edition) -> None:
    fill(store, "twitter/dot", 100, NOON - 8 * DAY)
    assert unit_cells(edition)["1"] == ""


def test_a_held_count_is_nowhere(store: Store, edition: Edition) -> None:
    fill(store, "twitter/dot", 100, NOON - HOUR)
    fill(store, "twitter/dot", 987654, verdict=HELD)
    assert unit_cells(edition)["1"] == "100"
    for name, content in contents(edition).items():
        assert b"987654" not in content, name


def test_a_held_reading_is_a_gap_with_its_status(store: Store, edition: Edition) -> None:
    fill(store, "twitter/dot", 987654, verdict=HELD)
    (row,) = rows(edition, "readings/2026-11.csv")
    assert (row["status"], row["count"], row["granularity"]) == ("held", "", "")


def test_internal_accounts_are_in_no_file_and_peers_in_no_total(store: Store, edition: Edition) -> None:
    fill(store, "twitter/secret", 424242)
    fill(store, "twitter/rival", 77)
    for name, content in contents(edition).items():
        assert b"424242" not in content, name
        assert b"secret" not in content, name
    assert unit_cells(edition)["3"] == ""
    assert '"count": 77' in text(edition, "latest.json")


def test_the_wide_table_has_a_row_a_slot_stamped_with_its_start_and_blanks_for_what_is_missing(
    store: Store, edition: Edition
) -> None:
    fill(store, "twitter/dot", 100, NOON - HOUR)
    fill(store, "twitter/dot", 101)
    fill(store, "facebook/dot", 7, metric="likes")
    assert text(edition, "social_data.csv").splitlines() == [
        "date,DOTtwitter,DOTfacebook",
        "11/20/26 11:00,100,",
        "11/20/26 12:00,101,7",
    ]


def test_imported_rows_keep_their_own_stamps_row_for_row(store: Store, edition: Edition) -> None:
    at = datetime(2017, 3, 17, 17, 12, tzinfo=UTC)
    imported = [Imported("twitter/dot", "followers", 600 + ordinal, at, ordinal) for ordinal in range(3)]
    store.adopt("hourly", imported, lambda moment: moment.replace(minute=0))
    assert text(edition, "social_data.csv").splitlines()[1:] == [
        "03/17/17 17:12,600,",
        "03/17/17 17:12,601,",
        "03/17/17 17:12,602,",
    ]


def test_values_are_carried_only_where_asked_and_each_one_is_listed(store: Store, edition: Edition) -> None:
    fill(store, "facebook/dot", 7, NOON - HOUR, metric="likes")
    fill(store, "twitter/dot", 100, NOON - HOUR)
    fill(store, "twitter/dot", 101)
    carrying = structs.replace(edition, tables=(structs.replace(TABLE, missing="previous"),))
    assert text(carrying, "social_data.csv").splitlines()[1:] == ["11/20/26 11:00,100,7", "11/20/26 12:00,101,7"]
    assert rows(carrying, "social_data.carried.csv") == [
        {"date": "2026-11-20T12:00:00Z", "column": "DOTfacebook", "carried": "7"}
    ]
    assert "social_data.carried.csv" not in contents(edition)


def test_the_tidy_rows_have_a_reason_or_a_count(store: Store, edition: Edition) -> None:
    fill(store, "twitter/dot", 100)
    fill(store, "twitter/lab", None)
    assert [
        (row["account"], row["unit_id"], row["count"], row["status"], row["reason"])
        for row in rows(edition, "readings/2026-11.csv")
    ] == [("twitter/dot", "1", "100", "accepted", ""), ("twitter/lab", "2", "", "missed", "unreachable")]


def test_changes_are_null_where_they_would_be_a_guess(store: Store, edition: Edition) -> None:
    fill(store, "twitter/dot", 100, NOON - DAY)
    fill(store, "twitter/dot", 130)
    fill(store, "twitter/lab", 50)
    counts = {each["key"]: each for each in json.loads(text(edition, "latest.json"))["counts"]}
    assert counts["twitter/dot"]["change_24h"] == 30
    assert counts["twitter/dot"]["change_30d"] is None
    assert counts["twitter/lab"]["change_24h"] is None


def test_the_tree_holds_every_public_account_under_its_unit(edition: Edition) -> None:
    tree = json.loads(text(edition, "accounts.json"))
    assert [unit["id"] for unit in tree["units"]] == ["1", "3"]
    assert [unit["id"] for unit in tree["units"][0]["children"]] == ["2"]
    assert [account["key"] for account in tree["units"][0]["children"][0]["accounts"]] == [
        "twitter/lab",
        "twitter/lab-news",
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|'/c calc'!A0"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [-5, 0, 12, None, "energy", "a=b", "3-4"])
def test_numbers_and_plain_text_are_left_alone(cell: str | int | None) -> None:
    assert neutral(cell) == cell


def test_stamps_are_utc_in_both_spellings() -> None:
    at = datetime(2026, 7, 4, 23, 5, tzinfo=UTC)
    assert (stamp(at), legacy_stamp(at)) == ("2026-07-04T23:05:00Z", "07/04/26 23:05")


def test_every_output_says_what_it_is() -> None:
    assert all(output.description for output in OUTPUTS)


def test_csv_is_written_in_pieces_that_make_the_whole() -> None:
    numbers = [(number, f"text, {number}") for number in range(5_000)]
    content = b"".join(csv_bytes(("n", "t"), numbers)).decode()
    assert list(csv.reader(io.StringIO(content, newline=""))) == [["n", "t"], *[[str(n), t] for n, t in numbers]]
