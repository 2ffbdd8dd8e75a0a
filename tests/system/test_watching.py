"""Somebody is told: by a sample, by a run that went well, and by runs that came to nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.system.installation import install
from tests.system.shell import headcount
from tests.watch.receiving import Webhook, listening, port_of, webhook

PING = "/200/uuid"


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as here:
        yield here


def watched(hook: Webhook, more: str = "") -> str:
    return (
        f'[watch]\nnotify = ["json://127.0.0.1:{hook.port}/200/HUSHhush"]\n'
        f'heartbeat = "http://127.0.0.1:{hook.port}{PING}"\n{more}\n'
    )


def titles(hook: Webhook) -> list[str]:
    return [json.loads(body)["title"] for body in hook.bodies if body.startswith(b"{")]


def pings(hook: Webhook) -> list[str]:
    found = (re.match(rf"POST {PING}(/[^?]*)?\?rid=", head) for head in hook.heads)
    return [ping[1] or "" for ping in found if ping]


def test_a_sample_goes_to_every_channel_and_what_became_of_each_is_said(
    tmp_path: Path, demo: dict[str, Any], hook: Webhook
) -> None:
    with listening() as closed:
        dead = port_of(closed)
    install(tmp_path, demo, extra=watched(hook, f'[watch.channels.phone]\nurl = "json://127.0.0.1:{dead}/HUSHhush"'))
    ran = headcount(tmp_path, "watch", "test")
    assert ran.out.splitlines() == [
        "1 (json): sent",
        "phone (json): not sent: nobody listens there (connection refused)",
    ]
    assert ran.status == 3
    assert titles(hook) == ["Department of Tests: a sample"]


def test_with_every_channel_well_the_sample_exits_with_0_and_with_none_with_2(
    tmp_path: Path, demo: dict[str, Any], hook: Webhook
) -> None:
    install(tmp_path, demo, extra=watched(hook))
    assert headcount(tmp_path, "watch", "test").status == 0
    install(tmp_path, demo)
    none = headcount(tmp_path, "watch", "test")
    assert none.status == 2
    assert "names no channel" in none.err


def test_of_a_good_run_only_the_heartbeat_is_heard(tmp_path: Path, demo: dict[str, Any], hook: Webhook) -> None:
    install(tmp_path, demo, extra=watched(hook))
    ran = headcount(tmp_path, "run")
    assert ran.status == 0, ran.out
    assert pings(hook) == ["/start", ""]
    assert titles(hook) == []
    assert b"hourly: 8 counted, 0 awaiting review, 0 without a count" in b"".join(hook.bodies)
    shown = headcount(tmp_path, "watch", "show")
    assert shown.out == "nothing is the matter, as far as the last run saw\n"


def test_a_wrong_roster_is_told_and_when_it_is_mended_that_is_told(
    tmp_path: Path, demo: dict[str, Any], hook: Webhook
) -> None:
    install(tmp_path, demo, extra=watched(hook))
    good = (tmp_path / "roster.csv").read_text()
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,nowhere,somebody\n")
    assert headcount(tmp_path, "run").status == 2
    assert titles(hook) == ["Department of Tests: urgent: roster.csv has mistakes"]
    (incident,) = json.loads(headcount(tmp_path, "watch", "show", "--json").out)["open"]
    assert (incident["title"], incident["severity"]) == ("roster.csv has mistakes", "urgent")
    (tmp_path / "roster.csv").write_text(good)
    assert "watch: roster.csv is in order again" in headcount(tmp_path, "run").out
    assert titles(hook)[1:] == ["Department of Tests: all clear: roster.csv is in order again"]
    assert pings(hook) == ["/2", "/start", ""]


def test_a_store_that_cannot_be_opened_is_told_past_it(tmp_path: Path, demo: dict[str, Any], hook: Webhook) -> None:
    install(tmp_path, demo, extra=watched(hook))
    (tmp_path / "headcount.db").write_bytes(b"this is no database" * 1000)
    assert headcount(tmp_path, "run").status == 3
    assert titles(hook) == ["Department of Tests: urgent: the store cannot be used"]
    assert pings(hook) == ["/3"]


def test_a_channel_that_hangs_costs_a_line_and_the_others_hear_all_the_same(
    tmp_path: Path, demo: dict[str, Any], hook: Webhook
) -> None:
    install(tmp_path, demo, extra=watched(hook, f'[watch.channels.slow]\nurl = "json://127.0.0.1:{hook.port}/hang"'))
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,nowhere,somebody\n")
    ran = headcount(tmp_path, "watch", "now")
    assert ran.out.splitlines()[:2] == [
        "watch: roster.csv has mistakes",
        "watch: not told: slow: it was not answered in time",
    ]
    assert ran.status == 0
    shown = headcount(tmp_path, "watch", "show").out
    assert "urgent: roster.csv has mistakes, since" in shown
    assert "HUSH" not in shown
    assert set(titles(hook)) == {"Department of Tests: urgent: roster.csv has mistakes"}


def test_collecting_and_publishing_by_themselves_tell_nobody(
    tmp_path: Path, demo: dict[str, Any], hook: Webhook
) -> None:
    install(tmp_path, demo, extra=watched(hook))
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,nowhere,somebody\n")
    assert headcount(tmp_path, "collect").status == 2
    assert headcount(tmp_path, "publish").status == 2
    assert headcount(tmp_path, "run", "--dry-run").status == 2
    assert hook.heads == []


def test_the_doctor_says_which_channel_nobody_understands_and_sends_nothing(
    tmp_path: Path, demo: dict[str, Any], hook: Webhook
) -> None:
    install(tmp_path, demo, extra=watched(hook, '[watch.channels.odd]\nurl = "slack://HUSHhush"'))
    ran = headcount(tmp_path, "doctor", "--json")
    found = {each["part"]: each for each in json.loads(ran.out)}
    assert ran.status == 2
    assert (found["channel 1"]["well"], found["channel odd"]["well"], found["heartbeat"]["well"]) == (True, False, True)
    assert "Apprise does not understand" in found["channel odd"]["what"]
    assert "HUSH" not in ran.out
    assert hook.heads == []
