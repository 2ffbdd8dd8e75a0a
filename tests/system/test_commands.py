"""The command line as outsiders rely on it: what it prints, what it writes, and how it exits."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.system.installation import SLUGS, install
from tests.system.shell import headcount

COMMANDS = (
    "init",
    "probe",
    "collect",
    "publish",
    "run",
    "status",
    "doctor",
    "import history",
    "export",
    "replay",
    "demo",
)


@pytest.fixture
def folder(tmp_path: Path, demo: dict[str, Any]) -> Path:
    install(tmp_path, demo)
    return tmp_path


def test_the_version_is_told_by_the_command_and_by_the_module(tmp_path: Path) -> None:
    assert headcount(tmp_path, "--version").out.startswith("headcount ")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example(tmp_path: Path, name: str) -> None:
    ran = headcount(tmp_path, *name.split(), "--help")
    assert ran.status == 0
    assert "Example: headcount" in ran.out


def test_a_run_counts_everyone_publishes_and_exits_with_0(folder: Path) -> None:
    ran = headcount(folder, "run")
    assert ran.status == 0, ran.err
    assert "hourly" in ran.out
    assert "8 counted" in ran.out
    assert (folder / "public/all_social_data.csv").read_text().splitlines()[1].startswith("Unit 0,0,")


def test_a_second_run_finds_everything_done(folder: Path) -> None:
    headcount(folder, "run")
    ran = headcount(folder, "run")
    assert ran.status == 0
    assert ran.out.count("nothing to do; 8 accounts are done") == 2
    assert "0 of" in ran.out or "files were new" in ran.out


def test_force_asks_again(folder: Path) -> None:
    headcount(folder, "collect", "--job", "hourly")
    assert "8 counted" in headcount(folder, "collect", "--job", "hourly", "--force").out


def test_a_run_can_be_narrowed_to_a_platform_and_to_an_account(folder: Path) -> None:
    assert "2 counted" in headcount(folder, "collect", "--job", "hourly", "--platform", "x").out
    assert "1 counted" in headcount(folder, "collect", "--job", "hourly", "--account", "youtube/account1").out


def test_an_account_that_is_not_there_costs_nobody_else_and_exits_with_1(folder: Path) -> None:
    with (folder / "roster.csv").open("a") as roster:
        roster.write("Unit 0,0,twitter,nobody_of_that_name\n")
    ran = headcount(folder, "run", "--job", "hourly", "--junit", "report.xml")
    assert ran.status == 1
    assert "8 counted, 1 not found" in ran.out
    assert "twitter/nobody_of_that_name: no count: not_found" in ran.err
    suite = ET.parse(folder / "report.xml").getroot().find("testsuite")
    assert suite is not None
    failures = {case.get("name"): failure.get("message") for case in suite for failure in case.findall("failure")}
    assert list(failures) == ["twitter/nobody_of_that_name"]
    assert failures["twitter/nobody_of_that_name"]


def test_what_cannot_be_counted_is_said_once_a_platform_and_exits_with_0(folder: Path) -> None:
    with (folder / "roster.csv").open("a") as roster:
        roster.writelines(
            f"Unit 0,0,{platform},old{number}\n"
            for number in range(3)
            for platform in ("storify", "manual", "linkedin")
        )
    ran = headcount(folder, "run", "--job", "hourly")
    assert ran.status == 0
    assert ran.err.count("storify: this platform has closed") == 1
    assert ran.err.count("manual: counted by hand") == 1
    assert ran.err.count("linkedin: no source can be asked without a credential") == 1


def test_when_no_platform_can_be_reached_the_run_exits_with_3(folder: Path) -> None:
    config = folder / "headcount.toml"
    config.write_text(_elsewhere(config.read_text()))
    ran = headcount(folder, "run", "--job", "hourly")
    assert ran.status == 3
    assert "8 unreachable" in ran.out


def _elsewhere(config: str) -> str:
    """The configuration with every host where nobody listens."""
    return re.sub(r'"http://127.0.0.1:[0-9]+/', '"http://127.0.0.1:1/', config)


def test_a_target_that_cannot_be_written_exits_with_3_and_the_next_publish_catches_up(folder: Path) -> None:
    (folder / "public").write_text("a file, where the folder should be")
    ran = headcount(folder, "run", "--job", "hourly")
    assert ran.status == 3
    assert "could not be written" in ran.out
    assert "The counts are safe in the store" in ran.out
    (folder / "public").unlink()
    assert headcount(folder, "publish").status == 0
    assert (folder / "public/social_data.csv").read_text().count("\n") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "--job", "nope"), "there is no job called 'nope'"),
        (("run", "--account", "twitter/nope"), "has no account 'twitter/nope'"),
        (("publish", "--target", "nope"), "there is no target called 'nope'"),
        (("export", "nope"), "there is no table called 'nope'"),
        (("--config", "nope.toml", "run"), "there is no configuration at nope.toml"),
        (("replay", "nope", "api", "x", "roster.csv"), "there is no platform called 'nope'"),
        (("replay", "x", "nope", "x", "roster.csv"), "has no source called 'nope'"),
        (("import", "history", "roster.csv", "--job", "org_chart"), "no [tables.NAME] has job = 'org_chart'"),
    ],
)
def test_a_mistake_is_one_sentence_and_exits_with_2(folder: Path, words: tuple[str, ...], said: str) -> None:
    ran = headcount(folder, *words)
    assert ran.status == 2
    assert said in ran.err


def test_every_fault_of_a_configuration_is_listed_at_once_with_its_line(folder: Path) -> None:
    config = folder / "headcount.toml"
    config.write_text(config.read_text().replace('every = "1d"', 'every = "1x"').replace("timeout = 10", "timeot = 10"))
    ran = headcount(folder, "run")
    assert ran.status == 2
    assert "line 7" in ran.err
    assert "timeot" in ran.err
    assert "1x" in ran.err


def test_every_fault_of_a_roster_is_listed_at_once_with_its_line(folder: Path) -> None:
    with (folder / "roster.csv").open("a") as roster:
        roster.write("Unit 0,0,twiter,someone\nUnit 0,0,twitter,1.23E+15\n")
    ran = headcount(folder, "run")
    assert ran.status == 2
    assert "line 10" in ran.err
    assert "twitter" in ran.err
    assert "1.23E+15" in ran.err


def test_status_tells_every_account_in_words_and_as_json(folder: Path) -> None:
    headcount(folder, "run")
    assert "SIMULATED" in headcount(folder, "status").out
    standings = json.loads(headcount(folder, "status", "--json").out)
    assert len(standings) == 8
    assert {each["health"] for each in standings} == {"ok"}
    assert all(isinstance(each["count"], int) for each in standings)


def test_doctor_finds_an_installation_well(folder: Path) -> None:
    ran = headcount(folder, "doctor")
    assert ran.status == 0, ran.out
    assert "MEND" not in ran.out


def test_doctor_says_which_part_to_mend_and_how(folder: Path) -> None:
    (folder / "public").write_text("a file, where the folder should be")
    ran = headcount(folder, "doctor")
    assert ran.status == 3
    assert "MEND target web" in ran.out


def test_export_prints_what_is_published(folder: Path) -> None:
    headcount(folder, "run")
    assert headcount(folder, "export", "social_data").out == (
        folder / "public/social_data.csv"
    ).read_bytes().decode().replace("\r\n", "\n")
    headcount(folder, "export", "social_data", "-o", "copy.csv")
    assert (folder / "copy.csv").read_bytes() == (folder / "public/social_data.csv").read_bytes()
    (row,) = json.loads(headcount(folder, "export", "social_data", "--format", "json").out)
    assert list(row) == ["date", "ONEtwitter", "ONEfacebook"]


def test_the_plan_and_its_price_are_told_and_nothing_is_sent(folder: Path) -> None:
    ran = headcount(folder, "collect", "--dry-run", "--job", "hourly")
    assert "X (formerly Twitter) by api: 2 accounts, 1 request, 0.33% of the rate limit, $0.02" in ran.out
    both = headcount(folder, "collect", "--dry-run", "--platform", "twitter").out
    assert (both.count("$0.02"), both.count("free")) == (1, 1), "the second job asks for whom the first has paid"
    assert "YouTube by api: 2 accounts, 2 requests, 0.02% of the rate limit, 0.02% of the day's quota, free" in ran.out
    assert headcount(folder, "status", "--json").out.count('"never counted"') == 8


def test_an_account_is_paid_for_once_a_day(folder: Path) -> None:
    assert "$0.02" not in headcount(folder, "collect", "--job", "hourly").out, "what is simulated costs nothing"
    store = folder / "headcount.db"
    with sqlite3.connect(store) as database:
        assert database.execute("UPDATE names SET name = 'api' WHERE name = 'simulated-api'").rowcount == 1
    ran = headcount(folder, "collect", "--dry-run", "--job", "org_chart", "--platform", "twitter")
    assert "X (formerly Twitter) by api: 2 accounts, 1 request, 0.33% of the rate limit, free" in ran.out


def test_events_are_json_where_it_is_asked_for(folder: Path) -> None:
    events = [
        json.loads(line)
        for line in headcount(folder, "--log-format", "json", "collect", "--job", "hourly").err.splitlines()
    ]
    assert {event["event"] for event in events} == {"asking", "outcome"}
    assert len([event for event in events if event.get("metric") == "followers"]) == 8


@pytest.mark.parametrize("slug", SLUGS)
def test_probe_asks_one_account_and_stores_nothing(folder: Path, slug: str) -> None:
    found = json.loads(headcount(folder, "probe", slug, "account1", "--json").out)
    assert found["account"] == f"{slug}/account1"
    assert "followers" in {each["metric"] for each in found["outcomes"]}
    assert found["requests"][0]["method"] in {"GET", "POST"}
    assert "simulated-" not in json.dumps(found["requests"]), "no credential is printed"
    assert not (folder / "headcount.db").exists()


REPLY = {"data": [{"id": "12", "username": "energy", "public_metrics": {"followers_count": 777}}]}


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (
            REPLY,
            "200",
            {"count": 777, "granularity": 1, "rounding": "exact", "metric": "followers", "ids": {"x": "12"}},
        ),
        ({"title": "Unauthorized", "status": 401}, "401", {"reason": "bad_credentials"}),
        ({"status": 200, "headers": {}, "body": REPLY}, "200", {"count": 777}),
        ({"status": 429, "headers": {}, "body": {}}, "200", {"reason": "rate_limited"}),
        ({"data": []}, "200", {"reason": "not_found"}),
    ],
)
def test_replay_prints_what_a_source_makes_of_saved_replies(
    tmp_path: Path, body: object, status: str, expected: dict[str, object]
) -> None:
    (tmp_path / "reply.json").write_text(json.dumps(body))
    ran = headcount(tmp_path, "replay", "x", "api", "energy", "reply.json", "--http-status", status)
    assert ran.status == 0
    found = json.loads(ran.out)
    (outcome,) = found["outcomes"]
    assert {name: outcome[name] for name in expected} == expected
    assert found["source"] == "api"


def test_whoever_is_unanswered_when_the_replies_run_out_is_unreachable(tmp_path: Path) -> None:
    """A page without its card proves nothing until the control account has been asked, and there is no reply left."""
    (tmp_path / "shell.html").write_text("<html><head><title>Instagram</title></head><body></body></html>")
    found = json.loads(headcount(tmp_path, "replay", "instagram", "page", "someone", "shell.html").out)
    assert [each["reason"] for each in found["outcomes"]] == ["unreachable"]
    assert len(found["requests"]) == 2


def test_init_writes_a_configuration_that_is_in_order(tmp_path: Path) -> None:
    assert headcount(tmp_path, "init", "social").status == 0
    ran = headcount(tmp_path, "--config", "social/headcount.toml", "doctor")
    assert ran.status == 0, ran.out
    again = headcount(tmp_path, "init", "social")
    assert again.status == 2
    assert "is there already" in again.err


def test_the_first_user_s_installation_is_taken_over_row_for_row(tmp_path: Path, doe: Path) -> None:
    files = {"--handles": "social_handles.csv", "--org-chart": "social.json", "--history": "social_data.csv"}
    words = [word for option, name in files.items() for word in (option, str(doe / name))]
    ran = headcount(tmp_path, "init", "social", *words, "--timezone", "America/New_York")
    assert ran.status == 0, ran.err
    assert "100 rows, 400 counts; 400 of them new" in ran.out
    config = ("--config", "social/headcount.toml")
    rerun = headcount(tmp_path, *config, "import", "history", str(doe / "social_data.csv"), "--job", "hourly")
    assert "100 rows, 400 counts; 0 of them new" in rerun.out
    old = [line.replace('"', "").split(",") for line in (doe / "social_data.csv").read_text().splitlines()]
    new = headcount(tmp_path, *config, "export", "social_data").out.splitlines()
    assert len(new) == len(old) == 101
    assert [_counts(line) for line in new[1:]] == [
        _counts(line) for line in (doe / "social_data.csv").read_text().splitlines()[1:]
    ]
    assert new[0].split(",")[1:] == old[0][1:]


def _counts(line: str) -> list[str]:
    """The counts of a row, without the thousands separators that one of its columns is written with."""
    return line.replace('"14,', "14").replace('"15,', "15").replace('"', "").split(",")[1:]


def test_the_demo_refuses_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("keep me")
    ran = headcount(tmp_path, "demo", ".", "--no-serve")
    assert ran.status == 2
    assert (tmp_path / "precious.txt").read_text() == "keep me"
