"""What becomes of accounts over the years, and counts by hand: as people type it, and as it is published."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from headcount.cli.parser import cli
from tests.system import shell
from tests.system.installation import install
from tests.system.shell import Ran

KEY = "twitter/account0"
HAND = "manual/parks-newsletter"
DAY = "2026-01-05"


@pytest.fixture
def folder(tmp_path: Path, demo: dict[str, Any]) -> Path:
    install(tmp_path, demo)
    return tmp_path


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory, demo: dict[str, Any]) -> Path:
    folder = tmp_path_factory.mktemp("first") / "run"
    install(folder, demo)
    assert headcount(folder, "run", "--job", "hourly").status == 0
    return folder


@pytest.fixture
def counted(first_run: Path, tmp_path: Path) -> Path:
    """After a first run."""
    return Path(shutil.copytree(first_run, tmp_path / "counted"))


def headcount(folder: Path, *words: str) -> Ran:
    """Runs ask the network in a process of their own, as they do; all else is quicker in this one."""
    if {"run", "collect"} & set(words):
        return shell.headcount(folder, *words)
    result = CliRunner().invoke(cli, ["--config", str(folder / "headcount.toml"), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def done(folder: Path, *words: str) -> Ran:
    ran = headcount(folder, *words)
    assert ran.status == 0, ran.out + ran.err
    return ran


def members(folder: Path) -> dict[str, Any]:
    return {each["key"]: each for each in json.loads(done(folder, "account", "list", "--json").out)}


def handles(member: dict[str, Any]) -> list[str]:
    return [each["handle"] for each in member["handles"]]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def add_to_roster(folder: Path, *lines: str) -> None:
    with (folder / "roster.csv").open("a") as roster:
        roster.writelines(f"{line}\n" for line in lines)


def latest(folder: Path, key: str) -> tuple[int, str]:
    """The newest public count of followers, and its source."""
    done(folder, "publish")
    counts = json.loads((folder / "public/latest.json").read_text())["counts"]
    ((count, source),) = [
        (each["count"], each["source"]) for each in counts if (each["key"], each["metric"]) == (key, "followers")
    ]
    return count, source


def published(folder: Path, name: str) -> list[dict[str, str]]:
    done(folder, "publish")
    with (folder / "public" / name).open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_everyone_is_listed_with_ids_handles_units_and_state(counted: Path) -> None:
    member = members(counted)[KEY]
    assert list(member["ids"]) == ["x"]
    assert (handles(member), member["units"], member["state"]) == (["account0"], ["0"], "counted")
    assert member["handles"][0]["since"].startswith("20")
    assert "account0 since 20" in done(counted, "account", "list").out


def test_before_the_first_answer_the_roster_says_who_there_is(folder: Path) -> None:
    member = members(folder)[KEY]
    assert (member["ids"], handles(member), member["state"]) == ({}, ["account0"], "never counted")


def test_a_renamed_account_is_understood_by_every_name_everywhere(counted: Path) -> None:
    done(counted, "account", "rename", KEY, "@NewName", "--at", DAY, "--by", "jane")
    assert sorted(handles(members(counted)[KEY])) == ["NewName", "account0"]
    edit(counted / "roster.csv", "twitter,account0\n", "twitter,NewName\n")
    edit(counted / "headcount.toml", 'ONEtwitter = "twitter/account0"', 'ONEtwitter = "twitter/newname"')
    edit(counted / "headcount.toml", 'every = "1h"', 'every = "1h"\naccounts = ["x/account0", "youtube/account1"]')
    for name in ("twitter/newname", KEY, "x/ACCOUNT0"):
        assert "1 counted" in done(counted, "collect", "--job", "hourly", "--force", "--account", name).out
    assert list(members(counted)).count(KEY) == 1
    assert "twitter/newname" not in members(counted)
    (row,) = published(counted, "social_data.csv")
    assert row["ONEtwitter"].isdigit()


def test_an_archived_account_is_not_asked_about_and_no_failure_and_its_history_stays(counted: Path) -> None:
    before = published(counted, "social_data.csv")
    done(counted, "account", "archive", KEY, "--at", DAY, "--why", "the programme has ended")
    ran = done(counted, "run", "--job", "hourly", "--force")
    assert "7 counted" in ran.out
    assert "1 archived and not asked about" in ran.out
    assert published(counted, "social_data.csv") == before
    assert {row["account"] for row in published(counted, "readings/latest.csv")} > {KEY}
    member = members(counted)[KEY]
    assert (member["state"], member["why"], member["since"][:10]) == ("archived", "the programme has ended", DAY)
    standing = {each["account"]: each for each in json.loads(done(counted, "status", "--json").out)}[KEY]
    assert (standing["health"], standing["reason"]) == ("retired", "archived")


def test_an_archived_account_no_longer_keeps_its_units_total_from_being_shown(counted: Path) -> None:
    add_to_roster(counted, "Unit 0,0,twitter,account7")
    assert published(counted, "all_social_data.csv")[0]["twitter"] == "", "the sum of two lacks one"
    done(counted, "account", "archive", "twitter/account7", "--at", DAY, "--why", "never begun")
    assert published(counted, "all_social_data.csv")[0]["twitter"].isdigit()


def test_an_account_that_was_archived_by_mistake_is_counted_again(counted: Path) -> None:
    done(counted, "account", "archive", KEY, "--at", DAY, "--why", "closed")
    assert (
        "was archived on 2026-01-05 already: closed"
        in headcount(counted, "account", "archive", KEY, "--at", DAY, "--why", "again").err
    )
    done(counted, "account", "reopen", KEY, "--why", "a mistake")
    assert "8 counted" in done(counted, "collect", "--job", "hourly", "--force").out


def test_a_count_by_hand_is_published_and_marked(folder: Path) -> None:
    add_to_roster(folder, "Unit 0,0,manual,Parks newsletter", "Unit 1,1,manual,Lab podcast")
    ran = done(folder, "run", "--job", "hourly")
    assert ran.err.count("manual: counted by hand") == 1
    assert "2 counted by hand" in ran.out
    assert "unsupported" not in ran.out
    assert "kept" in done(folder, "enter", HAND, "1,204", "--at", DAY, "--why", "from the editor").out
    assert "entered before" in done(folder, "enter", "manual/Parks Newsletter", "1204", "--at", DAY).out
    rows = [row for row in published(folder, "readings/2026-01.csv") if row["account"] == HAND]
    assert {(row["job"], row["count"], row["source"], row["status"]) for row in rows} == {
        ("hourly", "1204", "manual", "accepted"),
        ("org_chart", "1204", "manual", "accepted"),
    }
    done(folder, "enter", HAND, "1_300", "--at", DAY)
    done(folder, "publish")
    (latest,) = [
        each for each in json.loads((folder / "public/latest.json").read_text())["counts"] if each["key"] == HAND
    ]
    assert (latest["count"], latest["source"]) == (1300, "manual")


def test_a_count_by_hand_fills_a_gap_of_any_account_and_stands_in_its_slot(counted: Path) -> None:
    done(counted, "enter", "twitter/ACCOUNT0", "777", "--at", f"{DAY}T09:30Z")
    rows = published(counted, "social_data.csv")
    assert (rows[0]["date"], rows[0]["ONEtwitter"]) == ("01/05/26 09:00", "777")


def test_a_count_by_hand_does_not_hide_an_exact_one_of_the_platform(counted: Path) -> None:
    before = published(counted, "social_data.csv")
    (row,) = [row for row in published(counted, "readings/latest.csv") if row["account"] == KEY]
    said = done(counted, "enter", KEY, "1", "--at", row["taken_at"], "--sure").out
    assert said == (
        "kept, and shown for this day, but "
        f"{int(row['count']):,} of the platform's own API (simulated) is shown for this hour\n"
    )
    assert published(counted, "social_data.csv") == before
    assert latest(counted, KEY) == (int(row["count"]), "simulated-api")


def test_a_count_by_hand_that_is_far_from_what_stands_is_refused_unless_somebody_insists(counted: Path) -> None:
    video = "youtube/account0"
    stands, _ = latest(counted, video)
    for slip in ("0", f"{stands}0", "99"):
        ran = headcount(counted, "enter", video, slip)
        assert ran.status == 2
        assert f"does not agree with {stands:,} (rounded to " in ran.err
        assert "enter it with --sure" in ran.err
    assert latest(counted, video) == (stands, "simulated-api")
    assert "(simulated) is shown for this hour" in done(counted, "enter", video, "0", "--sure", "--why", "odd").out
    assert latest(counted, video) == (stands, "simulated-api"), (
        "not even then does it take the place of a rounded count"
    )
    with sqlite3.connect(counted / "headcount.db") as store:
        ((why,),) = store.execute("SELECT detail FROM decisions WHERE rule = 'manual'").fetchall()
    assert why.startswith(f"odd; insisted on: {video} followers: 0 does not agree with {stands:,} (rounded to ")


def test_a_finer_count_by_hand_that_agrees_with_a_rounded_one_is_shown(counted: Path) -> None:
    stands, _ = latest(counted, "youtube/account0")
    assert done(counted, "enter", "youtube/account0", str(stands + 7)).out == (
        "kept; the next run or `headcount publish` shows it\n"
    )
    assert latest(counted, "youtube/account0") == (stands + 7, "manual")


def test_a_table_that_is_far_from_what_stands_is_refused_whole_and_imported_again_without_asking(counted: Path) -> None:
    stands, _ = latest(counted, KEY)
    table = counted / "counts.csv"
    table.write_text(f"account,at,count\n{KEY},{DAY},{stands}\n{KEY},2026-01-06,{stands * 5}\n")
    assert "4 slots filled\n" in done(counted, "import", "counts", str(table)).out, "nothing stood there yet"
    table.write_text(
        f"account,at,count\n{KEY},2026-01-07,{stands * 5}\n{KEY},2026-01-08,0\n{KEY},2026-01-06,{stands * 5}\n"
    )
    ran = headcount(counted, "import", "counts", str(table))
    assert ran.status == 2
    assert (
        f"counts.csv, line 3: {KEY} followers: 0 is far from {stands * 5:,}, which stands: a count by hand" in ran.err
    )
    assert "line 2" not in ran.err
    assert "4 slots filled" in done(counted, "import", "counts", str(table), "--sure").out
    assert "none of them new" in done(counted, "import", "counts", str(table)).out


def test_roster_check_and_run_tell_two_handles_that_mean_one_account_and_a_rename_parts_them(counted: Path) -> None:
    with sqlite3.connect(counted / "headcount.db") as store:
        store.execute("INSERT INTO handles SELECT 900, id, 'account9', 0 FROM accounts WHERE key = ?", (KEY,))
    assert "both get its count" not in headcount(counted, "roster", "check").out
    add_to_roster(counted, "Unit 1,1,twitter,account9")
    told = "twitter/account0: the roster names it as account0 (line 2, column account) and as account9 (line 10"
    checked = done(counted, "roster", "check").out
    assert "look at: " in checked
    assert told in checked
    assert told in headcount(counted, "run", "--job", "hourly", "--force").out
    done(counted, "account", "rename", KEY, "account0")
    assert "both get its count" not in done(counted, "roster", "check").out
    assert "9 counted" in done(counted, "collect", "--job", "hourly", "--force").out
    assert members(counted)["twitter/account9"]["state"] == "counted"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("enter", "twitter/acount0", "5"), "did you mean twitter/account0?"),
        (("enter", KEY, "1.2K"), "not certainly a number of people"),
        (("enter", KEY, "1,20"), "not certainly a number of people"),
        (("enter", KEY, "5", "--at", "2999-01-01"), "still to come"),
        (("enter", KEY, "5", "--at", "01/05/26"), "is no time"),
        (("enter", KEY, "5", "--metric", "Fans!"), "is not a metric of twitter"),
        (("enter", KEY, "5", "--metric", "follower"), "did you mean followers?"),
        (("enter", KEY, "5", "--metric", "likes"), "'likes' is not a metric of twitter: write followers"),
        (("enter", KEY, "5", "--rounded-to", "0"), "nothing that counts are rounded to"),
        (("enter", KEY, "1234", "--rounded-to", "1000"), "1,234 is not rounded to 1,000"),
        (("account", "rename", "twitter/nobody", "new"), "nobody is called 'twitter/nobody'"),
        (("account", "rename", KEY, "account 0!"), "is not an account of twitter"),
        (("account", "rename", KEY, "account1"), "is the handle of twitter/account1"),
        (("account", "rename", KEY, "account1"), "first `headcount account rename twitter/account1 HANDLE`"),
        (("account", "reopen", KEY, "--why", "x"), "is neither archived nor handed over"),
        (("account", "archive", KEY, "--at", DAY, "--why", ""), "say why"),
        (("account", "archive", KEY, "--at", "2999-01-01", "--why", "x"), "still to come"),
    ],
)
def test_a_mistake_is_one_sentence_and_exits_with_2(counted: Path, words: tuple[str, ...], said: str) -> None:
    ran = headcount(counted, *words)
    assert ran.status == 2
    assert said in ran.err


def test_a_negative_count_is_refused(counted: Path) -> None:
    assert headcount(counted, "enter", KEY, "--", "-5").status == 2


def test_a_table_of_counts_is_imported_once_and_whole(folder: Path) -> None:
    add_to_roster(folder, "Unit 0,0,manual,Parks newsletter")
    table = folder / "counts.csv"
    table.write_text(
        f'account,at,count,metric\n{HAND},{DAY},"1,204",\n{HAND},2026-02-05,1300,\nfacebook/account0,{DAY},9,likes\n'
    )
    assert "3 counts; 6 slots filled" in done(folder, "import", "counts", str(table)).out
    assert "none of them new" in done(folder, "import", "counts", str(table)).out
    table.write_text(f"account,at,count\n{HAND},2026-03-05,1400\n{HAND},2026-03-06,12.5\nmanual/parks,{DAY},1\n")
    ran = headcount(folder, "import", "counts", str(table))
    assert ran.status == 2
    assert "counts.csv, line 3: '12.5' is not certainly" in ran.err
    assert "counts.csv, line 4: nobody is called 'manual/parks'" in ran.err
    table.write_text(f"account,at,count\n{HAND},2026-03-05,1400\n{HAND},{DAY},1205\n")
    ran = headcount(folder, "import", "counts", str(table))
    assert ran.status == 2
    assert "counts.csv, line 3: manual/parks-newsletter followers, 2026-01-05 00:00 UTC: 1204, not 1205" in ran.err
    assert not [row for row in published(folder, "readings/latest.csv") if row["count"] == "1400"], "all or none"


@pytest.mark.parametrize(
    "name",
    [
        "account list",
        "account rename",
        "account handover",
        "account archive",
        "account reopen",
        "enter",
        "import counts",
    ],
)
def test_the_help_of_every_command_has_an_example(tmp_path: Path, name: str) -> None:
    ran = headcount(tmp_path, *name.split(), "--help")
    assert ran.status == 0
    assert "Example: headcount" in ran.out
