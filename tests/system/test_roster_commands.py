"""`headcount roster check` and `headcount roster diff` as outsiders rely on them: what they print, and how they exit."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headcount.store.open import open_store
from tests.roster.books import workbook
from tests.system.shell import headcount

GOOD = "unit,platform,account\nParks,x,ParksExample\nMayor,x,MayorExample\n"
BAD = (
    "unit,platform,account\nParks,x,ParksExample\nParks,x,PARKSEXAMPLE\nParks,twiter,a\nParks,instagram,ParksExampel\n"
)
CONFIG = '[organization]\nname = "Test"\nroster = "roster.csv"\ntimezone = "America/New_York"\n'
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation of which nothing was ever counted."""
    (tmp_path / "headcount.toml").write_text(CONFIG)
    (tmp_path / "roster.csv").write_text(GOOD)
    return tmp_path


@pytest.mark.parametrize("name", ["check", "diff"])
def test_the_help_of_both_has_an_example(tmp_path: Path, name: str) -> None:
    assert "Example: headcount roster" in headcount(tmp_path, "roster", name, "--help").out


def test_a_roster_in_order_is_summed_up_and_exits_with_0(folder: Path) -> None:
    ran = headcount(folder, "roster", "check")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("roster.csv: 2 accounts of 2 units; 0 faults, 0 likely typos, 0 other things to look at\n")


def test_every_fault_is_told_with_its_place_and_the_command_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(BAD)
    ran = headcount(tmp_path, "roster", "check", "new.csv")
    assert (ran.status, ran.out.splitlines()) == (
        2,
        [
            "fault: new.csv, line 3, column account: twitter PARKSEXAMPLE stands there twice: first on line 2, column account",
            "fault: new.csv, line 4, column platform: there is no platform called 'twiter' (did you mean twitter?)",
            (
                "typo?: new.csv, line 5, column account: instagram ParksExampel may be misspelt "
                "(did you mean ParksExample, as twitter on line 2?)"
            ),
            "new.csv: 3 accounts of 1 unit; 2 faults, 1 likely typo, 0 other things to look at",
        ],
    )


def test_a_check_is_one_json_document_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(BAD)
    ran = headcount(tmp_path, "roster", "check", "new.csv", "--json")
    found = json.loads(ran.out)
    assert ran.status == 2
    assert {name: found[name] for name in ("file", "units", "accounts", "warnings")} == {
        "file": "new.csv", "units": 1, "accounts": 3, "warnings": [],
    }  # fmt: skip
    assert [(fault["line"], fault["column"]) for fault in found["faults"]] == [(3, "account"), (4, "platform")]
    assert [fault["line"] for fault in found["typos"]] == [5]


def test_what_only_looks_wrong_exits_with_0(tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("unit,platform,account\nA,x,ParksExample\nB,x,parksexample\nA,x,ParksExampel\n")
    ran = headcount(tmp_path, "roster", "check", "new.csv")
    assert ran.status == 0
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["typo?", "look at", "new.csv"]


def test_a_workbook_is_checked_by_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [["unit", "platform", "account"], ["Parks", "facebook", 1.23e15]]
    (tmp_path / "new.xlsx").write_bytes(workbook(rows))
    ran = headcount(tmp_path, "roster", "check", "new.xlsx")
    assert ran.status == 2
    assert (
        "fault: new.xlsx, sheet Accounts, line 2, column account: a spreadsheet has turned an id into 1.23E+15"
        in ran.out
    )


def test_the_configured_chart_is_looked_at_too(folder: Path) -> None:
    (folder / "headcount.toml").write_text(CONFIG + 'org_chart = "chart.json"\n')
    (folder / "chart.json").write_text('{"type": "Lakes", "zid": "Lakes", "acounts": []}')
    ran = headcount(folder, "roster", "check")
    assert ran.status == 2
    assert "chart.json, line 1, column acounts: this is not read (did you mean accounts?)" in ran.out
    assert "unit Lakes, 'Lakes', is not in the roster" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "there is no configuration at headcount.toml"),
        (("check", "nothing.csv"), "nothing.csv: the roster cannot be read: No such file or directory"),
        (("diff", "nothing.csv", "nothing.csv"), "nothing.csv: the roster cannot be read: No such file or directory"),
        (("diff", "2026-10-01", "2026-10-02"), "there is no configuration at headcount.toml"),
    ],
)
def test_what_is_not_there_is_a_sentence_and_exits_with_2(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ran = headcount(tmp_path, "roster", *words)
    assert ran.status == 2
    assert said in ran.out + ran.err


NEW = "unit,platform,account\nParks,x,ParksExampel\nParks,x,MayorExample\nLakes,instagram,lakes_example\n"


def test_what_has_changed_between_two_files_is_told_a_line_each(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(GOOD)
    (tmp_path / "new.csv").write_text(NEW)
    ran = headcount(tmp_path, "roster", "diff", "old.csv", "new.csv")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "added: twitter ParksExampel, Parks (line 2, column account)",
        "added: instagram lakes_example, Lakes (line 4, column account)",
        "removed: twitter ParksExample, Parks (line 2, column account)",
        "moved: twitter MayorExample, from Mayor to Parks (line 3, column account)",
        "typo?: twitter ParksExample went and ParksExampel came (line 2, column account): is one misspelt?",
        "unit added: Lakes",
        "unit removed: Mayor",
    ]
    assert headcount(tmp_path, "roster", "diff", "old.csv", "old.csv").out == "nothing has changed\n"


def test_a_difference_is_one_json_document_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(
        GOOD.replace("account\n", "account,priority,collect\n").replace("MayorExample", "MayorExample,1,no")
    )
    (tmp_path / "new.csv").write_text(GOOD + "Mayor,instagram,mayor|mayor\nMayor,x,ParksExample\n")
    ran = headcount(tmp_path, "roster", "diff", "old.csv", "new.csv", "--json")
    found = json.loads(ran.out)
    assert ran.status == 2, "the new roster names an account twice"
    assert {name: len(value) for name, value in found.items()} == {
        "added": 2, "removed": 0, "moved": 0, "changed": 1, "typos": 0, "duplicates": 1, "shared": 1, "faults": 0,
        "units_added": 0, "units_removed": 0, "units_changed": 0,
    }  # fmt: skip
    assert found["added"][0]["unit_name"] == "Mayor"
    assert found["changed"][0]["changes"] == {
        "priority": {"before": 1, "after": None},
        "collect": {"before": "no", "after": "yes"},
    }


def test_what_has_changed_among_units_and_terms_is_told(tmp_path: Path) -> None:
    header = "unit,unit_id,parent_id,platform,account,from,to\n"
    before = "Department,1,,x,potus,,2025-01-19\nOffice,2,1,,,,\n"
    after = "Ministry,1,,x,potus,,2025-01-19\nOffice,2,,,,,\nMinistry,1,,x,potus,2025-01-20,\nNew,3,2,,,,\n"
    (tmp_path / "old.csv").write_text(header + before)
    (tmp_path / "new.csv").write_text(header + after)
    assert headcount(tmp_path, "roster", "diff", "old.csv", "new.csv").out.splitlines() == [
        "added: twitter potus from 2025-01-20, Ministry (line 4, column account)",
        "unit added: New (3), under Office",
        "unit changed: Ministry (1), name Department -> Ministry",
        "unit changed: Office (2), parent Department -> none",
    ]
    found = json.loads(headcount(tmp_path, "roster", "diff", "old.csv", "new.csv", "--json").out)
    assert [each["id"] for each in found["units_added"]] == ["3"]
    assert found["units_changed"][1]["changes"] == {"parent": {"before": "Department", "after": None}}


def test_a_difference_prints_nothing_that_a_terminal_would_obey(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("unit,unit_id,account\nA,1,x.com/a\n")
    (tmp_path / "new.csv").write_text("unit,unit_id,account\nB\x1b[31m,1,x.com/a\nC\x1b[2J,2,\n")
    ran = headcount(tmp_path, "roster", "diff", "old.csv", "new.csv")
    assert (ran.status, "\x1b" in ran.out) == (2, False)
    assert ran.out.splitlines()[:2] == ["unit added: C[2J (2)", "unit changed: B[31m (1), name A -> B[31m"]


@pytest.mark.parametrize("content", ["unit,platform,account\n", "[]"])
def test_what_a_run_refuses_because_it_names_nobody_is_refused_by_the_check_too(folder: Path, content: str) -> None:
    (folder / "roster.csv").write_text(content)
    (folder / "headcount.toml").write_text(CONFIG + '[jobs.daily]\nevery = "1d"\n')
    for words in (("roster", "check"), ("run",)):
        ran = headcount(folder, *words)
        assert (ran.status, "roster.csv: this names no account (put one in)" in ran.out + ran.err) == (2, True)


def test_a_day_means_the_roster_that_was_kept_at_its_end_in_the_organisation_s_zone(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder}/headcount.db", folder)
    store.keep_roster("roster.csv", GOOD.encode(), datetime(2026, 10, 1, 12, tzinfo=UTC))
    store.keep_roster("roster.csv", NEW.encode(), datetime(2026, 10, 2, 3, 59, tzinfo=UTC))
    store.keep_roster("roster.csv", GOOD.encode(), datetime(2026, 10, 2, 4, 0, tzinfo=UTC))
    store.close()
    (folder / "new.csv").write_text(NEW)
    assert headcount(folder, "roster", "diff", "2026-10-01", "new.csv").out == "nothing has changed\n"
    assert headcount(folder, "roster", "diff", "2026-10-02", "roster.csv").out == "nothing has changed\n"
    assert "added: twitter ParksExampel" in headcount(folder, "roster", "diff", "2026-10-02", "2026-10-01").out
    ran = headcount(folder, "roster", "diff", "2026-09-30", "roster.csv")
    assert ran.status == 2
    assert "the store has no roster.csv of 2026-09-30: the first was kept on 2026-10-01 12:00 UTC" in ran.err


REGISTRY = (
    "account_platform,account_url,account_name,short_description,long_description,language,agencies,contacts,notes\n"
    "Storify,https://storify.com/parks,Parks,,,English,Parks,canary@example.gov,ask canary@example.gov\n"
)


def test_a_run_keeps_the_registry_s_roster_without_its_e_mail_addresses(folder: Path) -> None:
    (folder / "roster.csv").write_text(REGISTRY)
    (folder / "headcount.toml").write_text(CONFIG + '[jobs.daily]\nevery = "1d"\naccounts = ["*"]\n')
    ran = headcount(folder, "collect", "--job", "daily")
    assert ran.status == 0, ran.err
    store = open_store(f"sqlite:///{folder}/headcount.db", folder)
    kept = store.roster_at("roster.csv", NOW + timedelta(days=1))
    store.close()
    assert kept
    assert b"storify.com/parks" in kept
    assert b"canary" not in kept
    assert not [path for path in folder.glob("headcount.db*") if b"canary" in path.read_bytes()]
    assert (
        "nothing has changed"
        in headcount(folder, "roster", "diff", f"{NOW + timedelta(days=1):%Y-%m-%d}", "roster.csv").out
    )
