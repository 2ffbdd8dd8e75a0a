"""The published set is a Data Package: by the official profile, by frictionless, and by what DuckDB reads out of it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dplib
import duckdb
import pyarrow.parquet as pq
import pytest
from jsonschema_rs import validator_for
from openpyxl import load_workbook

from headcount.model import REASONS, Account, Count
from headcount.publish.encode import csv_bytes
from headcount.publish.export import Table, write
from headcount.publish.tables import files
from headcount.store.nouns import Entered
from headcount.store.open import open_store
from headcount.store.reader import FATES
from tests.publish.newsroom import DAY, HELD, HOUR, MINUTE, NOON, Newsroom

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Of frictionless, and of what it is made of."""

HELD_COUNT, INTERNAL_COUNT = 987654, 424242
CANARIES = ("canary", "secret", str(HELD_COUNT), str(INTERNAL_COUNT))

PURGE = ((6, 100_000), (5, 80_000), (4, 79_990), (3, 79_980))
"""Hours ago, and followers: three counts that agree release one another."""

Json = dict[str, Any]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """An organisation with some of everything, after several editions."""
    folder = tmp_path_factory.mktemp("package")
    store = open_store(f"sqlite:///{folder / 'headcount.db'}", folder)
    newsroom = Newsroom(store, folder / "press")
    for day in range(70, 0, -7):
        newsroom.say("twitter/dot", 1000 - day, NOON - day * DAY)
        newsroom.say("twitter/gone", 5, NOON - day * DAY)
    for hours, heads in PURGE[:-1]:
        newsroom.hear("facebook/dot", heads, NOON - hours * HOUR)
    newsroom.publish()
    newsroom.hear("facebook/dot", PURGE[-1][1], NOON - PURGE[-1][0] * HOUR)
    newsroom.say("twitter/dot", Count(1000, 100, "rounded"), source="page")
    newsroom.say("twitter/dot", HELD_COUNT, NOON - HOUR, verdict=HELD)
    newsroom.say("facebook/dot", 7, metric="likes")
    newsroom.say("twitter/lab", "blocked")
    newsroom.say("storify/dot", "retired")
    newsroom.say("twitter/secret", INTERNAL_COUNT)
    newsroom.say("twitter/lab", 30, NOON - 2 * HOUR)
    by_hand = Account("twitter/lab", "0042")
    store.enter([Entered(by_hand, "followers", 31, NOON, (("hourly", NOON),), "canary-staff", NOON)])
    (wrong,) = [row.reading for row in store.fills(NOON - 2 * HOUR, NOON - HOUR) if row.reading]
    store.correct(wrong, 29, why="=a typing error", who="canary-staff", role="editor", at=NOON)
    newsroom.publish(NOON + HOUR + MINUTE)
    yield newsroom
    store.close()


@pytest.fixture
def copy(newsroom: Newsroom, tmp_path: Path) -> Path:
    """The newest set, to be spoilt."""
    return shutil.copytree(newsroom.press.root, tmp_path / "copy")


def described(folder: Path) -> Json:
    found: Json = json.loads((folder / "datapackage.json").read_text())
    return found


def resources(folder: Path) -> dict[str, Json]:
    return {each["headcount:file"]: each for each in described(folder)["resources"]}


def by_the_profile(description: Json) -> list[str]:
    """What the official profile of Data Package 2.0 has to complain of; `dplib-py` carries it."""
    profile = json.loads((Path(dplib.__file__).parent / "profiles/2.0/datapackage.json").read_text())
    return [error.message for error in validator_for(profile).iter_errors(description)]


def by_frictionless(folder: Path) -> list[str]:
    """The kinds of errors that frictionless finds."""
    from frictionless import Package  # noqa: PLC0415 - two seconds

    report = Package(str(folder / "datapackage.json")).validate()
    return [error.type for task in report.tasks for error in task.errors] + [error.type for error in report.errors]


def test_it_is_valid_by_the_official_profile(newsroom: Newsroom) -> None:
    description = described(newsroom.press.root)
    assert description["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert by_the_profile(description) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda package: package.pop("resources"),
        lambda package: package["resources"].clear(),
        lambda package: package["resources"][0].pop("name"),
        lambda package: package["resources"][0].pop("path"),
        lambda package: package["resources"][0].update(path="../secret.csv"),
        lambda package: package["resources"][0].update(bytes="many"),
        lambda package: package["resources"][0]["schema"]["fields"].clear(),
        lambda package: package["resources"][0]["schema"]["fields"][0].update(type="word"),
        lambda package: package.update(licenses=[{}]),
        lambda package: package.update(contributors=[]),
    ],
)
def test_what_is_not_valid_by_the_profile_is_found(newsroom: Newsroom, spoil: Callable[[Json], object]) -> None:
    description = described(newsroom.press.root)
    spoil(description)
    assert by_the_profile(description)


def test_it_is_valid_by_frictionless_with_its_keys(newsroom: Newsroom) -> None:
    found = resources(newsroom.press.root)
    assert by_frictionless(newsroom.press.root) == []
    assert {
        name: each["schema"]["primaryKey"] for name, each in found.items() if "primaryKey" in each.get("schema", {})
    } == {
        "all_social_data.csv": ["zid"],
        "daily.csv": ["date", "account", "metric"],
        "monthly.csv": ["month", "account", "metric"],
        "accounts.csv": ["account"],
        "units.csv": ["unit_id"],
    }
    for name in ("daily.csv", "readings/latest.csv", "corrections.csv", "annotations.csv"):
        keys = {key["reference"]["resource"] for key in found[name]["schema"]["foreignKeys"]}
        assert "accounts" in keys, name


def rewritten(folder: Path, name: str, change: Callable[[list[list[str]]], None]) -> None:
    """Change a table, and describe it as it is now: only what is in it is wrong."""
    description = described(folder)
    (resource,) = [each for each in description["resources"] if each["headcount:file"] == name]
    place = folder / resource["path"]
    header, *rows = csv.reader(io.StringIO(place.read_text(), newline=""))
    change(rows)
    content = b"".join(csv_bytes(header, rows))
    place.write_bytes(content)
    resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    (folder / "datapackage.json").write_text(json.dumps(description))


def replace_cell(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(rows: list[list[str]]) -> None:
        row = next(row for row in rows if old in row)
        row[row.index(old)] = new

    return lambda folder: rewritten(folder, name, change)


def add_a_byte(folder: Path) -> None:
    place = folder / resources(folder)["units.csv"]["path"]
    place.write_bytes(place.read_bytes() + b"\r\n")


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (add_a_byte, {"byte-count", "hash-count"}),
        (replace_cell("daily.csv", "twitter/dot", "twitter/nobody"), {"foreign-key"}),
        (replace_cell("corrections.csv", "twitter/lab", "twitter/nobody"), {"foreign-key"}),
        (replace_cell("annotations.csv", "007", "7"), {"foreign-key"}),
        (replace_cell("readings/2026-11.csv", "accepted", "fine"), {"constraint-error"}),
        (replace_cell("readings/2026-11.csv", "blocked", "bored"), {"constraint-error"}),
        (replace_cell("readings/2026-11.csv", "three_agree", "two_agree"), {"constraint-error"}),
        (lambda folder: rewritten(folder, "accounts.csv", lambda rows: rows.append(rows[0])), {"primary-key"}),
        (replace_cell("daily.csv", "1000", "many"), {"type-error"}),
    ],
)
def test_what_is_not_valid_is_found(copy: Path, spoil: Callable[[Path], None], found: set[str]) -> None:
    spoil(copy)
    assert found <= set(by_frictionless(copy))


def test_every_file_of_the_set_is_described_with_its_size_and_its_hash(newsroom: Newsroom) -> None:
    root, found = newsroom.press.root, resources(newsroom.press.root)
    assert set(found) == {name for name, printed in newsroom.press.files.items() if printed.in_set}
    for name, each in found.items():
        content = (root / each["path"]).read_bytes()
        assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"), name
    assert len({each["name"] for each in found.values()}) == len(found)


def test_every_table_is_described_column_by_column_and_every_column_in_words(newsroom: Newsroom) -> None:
    tables = {name: each for name, each in resources(newsroom.press.root).items() if name.endswith(".csv")}
    for name, each in tables.items():
        fields = each["schema"]["fields"]
        assert [field["name"] for field in fields] == newsroom.bytes(name).decode().splitlines()[0].split(","), name
        assert all(field["description"] for field in fields), name
        assert each["title"], name


def test_every_value_of_every_enumeration_is_named(newsroom: Newsroom) -> None:
    enumerations = {
        field["name"]: set(field["constraints"]["enum"])
        for each in resources(newsroom.press.root).values()
        for field in each.get("schema", {}).get("fields", ())
        if "enum" in field.get("constraints", {})
    }
    assert enumerations == {
        "status": {"accepted", "held", "refused", "missed"},
        "reason": REASONS | FATES,
        "relation": {"own", "peer"},
    }


def test_the_licence_and_the_home_are_those_of_the_configuration(newsroom: Newsroom) -> None:
    description = described(newsroom.press.root)
    assert (description["licenses"], description["homepage"]) == ([{"name": "CC0-1.0"}], "https://example.gov")


def public_counts(newsroom: Newsroom) -> dict[tuple[str, str, str], int]:
    """What the store says: each account's public counts by metric and slot."""
    return {
        (row.key, row.metric, f"{row.slot:%Y-%m-%dT%H:%M}"): row.count
        for row in newsroom.store.fills(NOON - 99 * DAY, NOON + DAY)
        if row.status == "accepted" and row.count is not None and row.key != "twitter/secret"
    }


def test_every_table_can_be_had_in_every_form_with_as_many_rows_and_nothing_that_is_run(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    edition = newsroom.edition(NOON + HOUR)
    for file in [each for each in files(edition) if each.schema]:
        place = newsroom.press.place(newsroom.press.files[file.name])
        for form in ("json", "parquet", "xlsx"):
            write(Table(file.name, (place,), "csv", file.schema), form, tmp_path / form)
        rows = len(newsroom.rows(file.name))
        (tmp_path / "xlsx").replace(tmp_path / "table.xlsx")
        cells = list(load_workbook(tmp_path / "table.xlsx").worksheets[0].iter_rows(min_row=2))
        found = json.loads((tmp_path / "json").read_text())
        assert (len(found), pq.ParquetFile(tmp_path / "parquet").metadata.num_rows, len(cells)) == (rows,) * 3, (
            file.name
        )
        assert "f" not in {cell.data_type for row in cells for cell in row}, file.name
        assert "" not in {value for row in found for value in row.values()}, file.name


def test_ids_and_names_that_begin_like_formulas_are_texts_as_they_were(newsroom: Newsroom, tmp_path: Path) -> None:
    schemas = {file.name: file.schema for file in files(newsroom.edition(NOON + HOUR))}
    for name in ("accounts.csv", "units.csv", "corrections.csv"):
        place = newsroom.press.place(newsroom.press.files[name])
        write(Table(name, (place,), "csv", schemas[name]), "json", tmp_path / name)
    accounts, units, corrections = (
        json.loads((tmp_path / name).read_text()) for name in ("accounts.csv", "units.csv", "corrections.csv")
    )
    assert {each["handle"] for each in accounts} >= {"0042"}
    assert {each["name"] for each in accounts} >= {"-The Department"}
    assert {(each["unit_id"], each["unit"]) for each in units} >= {("007", "=Lab")}
    assert [each["why"] for each in corrections] == ["=a typing error"]


def readings_as(form: str, whole: Path) -> str:
    """Where DuckDB finds the readings."""
    return {
        "csv": f"read_csv('{whole}/readings/2026-*.csv')",
        "parquet": f"read_parquet('{whole}/parquet/*/*/*.parquet', hive_partitioning = true)",
    }[form]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_counts_that_were_held_and_then_released_say_so_in_every_form(
    newsroom: Newsroom, tmp_path: Path, form: str
) -> None:
    source = readings_as(form, fixed_names(newsroom, tmp_path))
    asked = f"SELECT count, reason FROM {source} WHERE account = 'facebook/dot' AND metric = 'followers' ORDER BY slot"
    with duckdb.connect() as connection:
        found = connection.execute(asked).fetchall()
    assert found == [(heads, None if heads == 100_000 else "three_agree") for _, heads in PURGE]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_duckdb_reads_the_counts_of_the_store(newsroom: Newsroom, tmp_path: Path, form: str) -> None:
    source = readings_as(form, fixed_names(newsroom, tmp_path))
    asked = f"SELECT account, metric, strftime(slot AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M'), count FROM {source} WHERE count IS NOT NULL"
    with duckdb.connect() as connection:
        found = {
            (account, metric, slot): count for account, metric, slot, count in connection.execute(asked).fetchall()
        }
    assert found == public_counts(newsroom)
    assert len(found) > 20


def test_duckdb_reads_only_the_months_that_are_asked_for(newsroom: Newsroom, tmp_path: Path) -> None:
    source = readings_as("parquet", fixed_names(newsroom, tmp_path))
    with duckdb.connect() as connection:
        months = connection.execute(f"SELECT DISTINCT year, month FROM {source} ORDER BY ALL").fetchall()
        (handle,) = connection.execute(
            f"SELECT any_value(handle) FROM {source} WHERE account = 'twitter/lab'"
        ).fetchone() or ("",)
    assert [(int(year), int(month)) for year, month in months] == [(2026, 9), (2026, 10), (2026, 11)]
    assert handle == "lab"


def fixed_names(newsroom: Newsroom, folder: Path) -> Path:
    """The newest set under the names that never change, as targets have it."""
    for name, printed in newsroom.press.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(newsroom.press.place(printed), folder / name)
    return folder


def whatever_is_readable(path: Path) -> str:
    if path.suffix == ".parquet":
        return str(pq.ParquetFile(path).read().to_pylist())
    return path.read_text()


def with_canaries(folder: Path) -> set[str]:
    return {
        canary
        for path in folder.rglob("*.*")
        if path.is_file()
        for canary in CANARIES
        if canary in whatever_is_readable(path)
    }


def test_no_file_holds_an_internal_account_a_name_of_staff_or_a_count_that_is_held(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    assert with_canaries(newsroom.press.root) == set()
    assert with_canaries(fixed_names(newsroom, tmp_path)) == set()


def test_a_canary_is_found_wherever_it_stands(newsroom: Newsroom, tmp_path: Path) -> None:
    rows = str(list(newsroom.store.fills(NOON - DAY, NOON + DAY))).replace("'", "")
    (tmp_path / "a.csv").write_text(rows + "canary")
    duckdb.connect().execute(f"COPY (SELECT 'canary' AS who) TO '{tmp_path / 'a.parquet'}'")
    assert with_canaries(tmp_path) == set(CANARIES)
    (tmp_path / "a.csv").unlink()
    assert with_canaries(tmp_path) == {"canary"}
