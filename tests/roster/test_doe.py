"""The first user's own files, and the example that says the same."""

from __future__ import annotations

import csv
from pathlib import Path

from msgspec import structs

from headcount.model import Entry
from headcount.roster.configuration import Installation, new_config
from headcount.roster.read import examine, read_roster
from headcount.roster.resolve import resolve
from headcount.roster.select import select, unmatched
from headcount.roster.takeover import old_columns
from headcount.settings import load

EXAMPLE = Path(__file__).parent.parent.parent / "examples/doe"
ADDED = ("2", "instagram", "secretaryperry")


def who(entry: Entry) -> tuple[str, str, str]:
    return entry.unit, entry.platform, entry.handle


def test_the_example_is_a_roster_without_faults_or_doubts() -> None:
    found = examine(EXAMPLE / "roster.csv")
    assert (found.faults, found.warnings) == ((), ())
    assert len(found.roster.units) == 48
    assert ("4", "twitter", "EnergyPressSec") in set(map(who, found.roster.entries))
    assert ADDED in set(map(who, found.roster.entries))


def test_every_job_and_column_of_the_example_means_somebody() -> None:
    settings = load(EXAMPLE / "headcount.toml", {})
    roster = read_roster(EXAMPLE / "roster.csv")
    people = resolve(roster.entries, ())
    for job in settings.jobs.values():
        assert unmatched(people, roster.units, job.accounts) == ()
    assert len(select(people, roster.units, settings.jobs["hourly"].accounts)) == 8
    keys = {account.key for _, account in people}
    assert {key for key, _ in settings.tables["social_data"].columns.values()} - keys == {""}


def test_the_first_user_s_files_are_read_as_they_are(doe: Path) -> None:
    found = examine(doe / "social_handles.csv", doe / "social.json")
    assert found.faults == ()
    with (doe / "social_handles.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(unit.id, unit.name) for unit in found.roster.units] == [(row["zid"], row["type"]) for row in rows]
    cells = [
        (row["zid"], name, cell) for row in rows for name, cell in row.items() if name not in {"type", "zid"} and cell
    ]
    assert list(map(who, found.roster.entries)) == cells
    assert {unit.id: unit.parent for unit in found.roster.units}["6"] == "2"
    assert {(warning.line, warning.column) for warning in found.warnings if warning.line} == {
        (393, "instagram"),
        (772, "facebook"),
    }


def test_the_organisation_chart_alone_is_a_roster_too(doe: Path) -> None:
    found = examine(doe / "social.json")
    assert found.faults == ()
    assert len(found.roster.units) == 43
    assert [unit.id for unit in found.roster.units if not unit.name] == ["spacer-1"]


def test_the_example_says_the_same_as_the_first_user_s_files_and_one_account_more(doe: Path) -> None:
    theirs = read_roster(doe / "social_handles.csv", doe / "social.json")
    ours = read_roster(EXAMPLE / "roster.csv")
    assert ours.units == theirs.units
    assert set(map(who, ours.entries)) == {*map(who, theirs.entries), ADDED}
    assert all(entry == structs.replace(Entry(*who(entry)), language="en", place=entry.place) for entry in ours.entries)


def test_the_first_user_s_installation_is_taken_over(doe: Path, tmp_path: Path) -> None:
    roster = read_roster(doe / "social_handles.csv", doe / "social.json")
    with (doe / "social_data.csv").open(newline="") as file:
        columns = old_columns(next(csv.reader(file)), roster)
    assert {column.header: column.key for column in columns} == {
        "DOEfacebook": "facebook/energygov#likes",
        "DOEtwitter": "twitter/energy",
        "DOEinstagram": "instagram/energy",
        "DOEyoutube": "youtube/usdepartmentofenergy",
        "SECfacebook": "facebook/secretaryperry#likes",
        "SECtwitter": "twitter/secretaryperry",
        "SECinstagram": "",
        "SECyoutube": "",
    }
    file_ = tmp_path / "headcount.toml"
    file_.write_text(new_config(Installation(roster="social_handles.csv", org_chart="social.json", columns=columns)))
    settings = load(file_, {})
    people = resolve(roster.entries, ())
    assert unmatched(people, roster.units, settings.jobs["hourly"].accounts) == ()
