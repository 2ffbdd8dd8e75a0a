"""What is published, from a real store: empty is never zero, held is never shown, and files appear whole."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from headcount.errors import DeliveryError
from headcount.model import ACCEPTED, Account, Count, Entry, Fill, Miss, Outcome, Reading, Unit, Verdict
from headcount.publish.deliver import to_folder
from headcount.publish.edition import Edition, File, Listed, Wide
from headcount.publish.encode import csv_bytes, legacy_stamp, neutral, stamp
from headcount.publish.tables import OUTPUTS, files
from headcount.store.contract import Imported, Store
from headcount.store.open import open_store

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
    return Edition("Department", "UTC", UNITS, listed, (TABLE,), timedelta(days=7), NOON + HOUR, store)


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


def text(edition: Edition, name: str) -> str:
    return b"".join({file.name: file for file in files(edition)}[name].make()).decode()


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


def test_a_count_is_plain_digits_and_zero_is_a_count(edition: Edition) -> None:
    fill(edition.store, "twitter/dot", 1234567)
    fill(edition.store, "facebook/dot", 0)
    (row,) = [row for row in rows(edition, "all_social_data.csv") if row["zid"] == "1"]
    assert (row["twitter"], row["facebook"]) == ("1234567", "0")


def test_a_cell_of_several_accounts_is_their_sum_and_empty_while_one_is_missing(edition: Edition) -> None:
    fill(edition.store, "twitter/lab", 10)
    assert unit_cells(edition)["2"] == ""
    fill(edition.store, "twitter/lab-news", 5)
    assert unit_cells(edition)["2"] == "15"


def test_a_miss_never_shows_as_zero_and_the_last_count_stands_while_it_is_fresh(edition: Edition) -> None:
    fill(edition.store, "twitter/dot", 100, NOON - DAY)
    fill(edition.store, "twitter/dot", None)
    assert unit_cells(edition)["1"] == "100"


def test_a_count_older_than_a_week_is_not_shown(edition: Edition) -> None:
    fill(edition.store, "twitter/dot", 100, NOON - 8 * DAY)
    assert unit_cells(edition)["1"] == ""


def test_a_held_count_is_nowhere(edition: Edition) -> None:
    fill(edition.store, "twitter/dot", 100, NOON - HOUR)
    fill(edition.store, "twitter/dot", 987654, verdict=HELD)
    assert unit_cells(edition)["1"] == "100"
    for file in files(edition):
        assert b"987654" not in b"".join(file.make()), file.name


def test_a_held_reading_is_a_gap_with_its_status(edition: Edition) -> None:
    fill(edition.store, "twitter/dot", 987654, verdict=HELD)
    (row,) = rows(edition, "readings/2026-11.csv")
    assert (row["status"], row["count"], row["granularity"]) == ("held", "", "")


def test_internal_accounts_are_in_no_file_and_peers_in_no_total(edition: Edition) -> None:
    fill(edition.store, "twitter/secret", 424242)
    fill(edition.store, "twitter/rival", 77)
    for file in files(edition):
        content = b"".join(file.make())
        assert b"424242" not in content, file.name
        assert b"secret" not in content, file.name
    assert unit_cells(edition)["3"] == ""
    assert '"count": 77' in text(edition, "latest.json")


def test_the_wide_table_has_a_row_a_slot_stamped_with_its_start_and_blanks_for_what_is_missing(
    edition: Edition,
) -> None:
    fill(edition.store, "twitter/dot", 100, NOON - HOUR)
    fill(edition.store, "twitter/dot", 101)
    fill(edition.store, "facebook/dot", 7, metric="likes")
    assert text(edition, "social_data.csv").splitlines() == [
        "date,DOTtwitter,DOTfacebook",
        "11/20/26 11:00,100,",
        "11/20/26 12:00,101,7",
    ]


def test_imported_rows_keep_their_own_stamps_row_for_row(edition: Edition) -> None:
    at = datetime(2017, 3, 17, 17, 12, tzinfo=UTC)
    imported = [Imported("twitter/dot", "followers", 600 + ordinal, at, ordinal) for ordinal in range(3)]
    edition.store.adopt("hourly", imported, lambda moment: moment.replace(minute=0))
    assert text(edition, "social_data.csv").splitlines()[1:] == [
        "03/17/17 17:12,600,",
        "03/17/17 17:12,601,",
        "03/17/17 17:12,602,",
    ]


def test_values_are_carried_only_where_asked_and_each_one_is_listed(edition: Edition) -> None:
    fill(edition.store, "facebook/dot", 7, NOON - HOUR, metric="likes")
    fill(edition.store, "twitter/dot", 100, NOON - HOUR)
    fill(edition.store, "twitter/dot", 101)
    carrying = structs.replace(edition, tables=(structs.replace(TABLE, missing="previous"),))
    assert text(carrying, "social_data.csv").splitlines()[1:] == ["11/20/26 11:00,100,7", "11/20/26 12:00,101,7"]
    assert rows(carrying, "social_data.carried.csv") == [
        {"date": "2026-11-20T12:00:00Z", "column": "DOTfacebook", "carried": "7"}
    ]
    assert "social_data.carried.csv" not in {file.name for file in files(edition)}


def test_the_tidy_rows_have_a_reason_or_a_count(edition: Edition) -> None:
    fill(edition.store, "twitter/dot", 100)
    fill(edition.store, "twitter/lab", None)
    assert [
        (row["account"], row["unit_id"], row["count"], row["status"], row["reason"])
        for row in rows(edition, "readings/2026-11.csv")
    ] == [("twitter/dot", "1", "100", "accepted", ""), ("twitter/lab", "2", "", "missed", "unreachable")]


def test_changes_are_null_where_they_would_be_a_guess(edition: Edition) -> None:
    fill(edition.store, "twitter/dot", 100, NOON - DAY)
    fill(edition.store, "twitter/dot", 130)
    fill(edition.store, "twitter/lab", 50)
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


def whole(name: str, content: bytes, version: str | None = None) -> File:
    return File(name, lambda: iter([content]), version)


def put(root: Path, *content: File, there: Mapping[str, str] | None = None) -> tuple[str, ...]:
    return to_folder(root, content, there or {}).written


def test_files_that_have_not_changed_are_left_alone(tmp_path: Path) -> None:
    first = to_folder(tmp_path, [whole("a.csv", b"1"), whole("b/c.csv", b"2", "v1")], {})
    assert first.written == ("a.csv", "b/c.csv")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.csv")}
    assert put(tmp_path, whole("a.csv", b"1"), whole("b/c.csv", b"never made", "v1"), there=first.versions) == ()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.csv")} == before


def test_a_file_that_somebody_deleted_is_written_again(tmp_path: Path) -> None:
    first = to_folder(tmp_path, [whole("a.csv", b"1", "v1")], {})
    (tmp_path / "a.csv").unlink()
    assert put(tmp_path, whole("a.csv", b"1", "v1"), there=first.versions) == ("a.csv",)


def test_readers_never_see_a_torn_file(tmp_path: Path) -> None:
    """A reader polls while a file is replaced many times; the control shows that writing in place is caught."""
    bodies = [str(digit).encode() * 200_000 for digit in range(10)]

    def torn_reads(write: Callable[[Path, bytes], object]) -> int:
        path, torn, over = tmp_path / "big.csv", 0, threading.Event()
        path.write_bytes(bodies[0])

        def poll() -> None:
            nonlocal torn
            while not over.is_set():
                torn += path.read_bytes() not in bodies

        reader = threading.Thread(target=poll)
        reader.start()
        for number in range(200):
            write(path, bodies[number % 10])
        over.set()
        reader.join()
        return torn

    def in_place(path: Path, body: bytes) -> None:
        with path.open("wb") as out:
            for start in range(0, len(body), 10_000):
                out.write(body[start : start + 10_000])
                out.flush()

    assert torn_reads(lambda path, body: put(path.parent, whole(path.name, body))) == 0
    assert torn_reads(in_place) > 0


def test_a_folder_that_cannot_be_written_says_so_and_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")

    def fails() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(DeliveryError, match=r"a\.csv could not be written: No space left on device"):
        to_folder(tmp_path, [File("a.csv", fails)], {})
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_in_the_way_of_a_folder_is_a_delivery_error(tmp_path: Path) -> None:
    (tmp_path / "readings").write_bytes(b"a file")
    with pytest.raises(DeliveryError, match="could not be written"):
        put(tmp_path, whole("readings/x.csv", b"1"))


def test_a_file_is_on_the_disk_before_its_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """fsync of the file, then rename, then fsync of the folder: in any other order a power cut could lose it."""
    calls: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(handle: int) -> None:
        calls.append("fsync")
        fsync(handle)

    def noted_replace(path: Path, to: Path) -> None:
        calls.append("rename")
        replace(path, to)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    put(tmp_path, whole("a.csv", b"1"))
    assert calls == ["fsync", "rename", "fsync"]


def test_csv_is_written_in_pieces_that_make_the_whole() -> None:
    numbers = [(number, f"text, {number}") for number in range(5_000)]
    content = b"".join(csv_bytes(("n", "t"), numbers)).decode()
    assert list(csv.reader(io.StringIO(content, newline=""))) == [["n", "t"], *[[str(n), t] for n, t in numbers]]
