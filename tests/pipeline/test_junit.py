"""The JUnit report: the same test case for each account in every run, good by Jenkins's own schema, and red where a run is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs

from headcount.cli.saying.junit import AWAITING, junit
from headcount.model import (
    ACCEPTED,
    KNOWN_ABSENCES,
    Account,
    Count,
    Fill,
    Miss,
    Outcome,
    Reading,
    Reason,
    Tally,
    Verdict,
)
from headcount.news.reasons import REASONS
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.collecting.turnout import Turnout
from headcount.pipeline.run import Report, collect
from headcount.store.reader import Row
from tests.pipeline.city import City
from tests.pipeline.town import Town

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HELD = Verdict("hold", "leap", "7 after 12,345")
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")

# What Jenkins's jenkins-junit.xsd lets an element have: its attributes, those that it must have, and what may be in it.
SCHEMA = {
    "testsuites": ("name time tests failures disabled errors", "", "testsuite"),
    "testsuite": (
        "name tests failures errors time disabled skipped timestamp hostname id package", "name tests",
        "properties testcase system-out system-err",
    ),
    "testcase": ("name assertions time classname status", "name classname", "skipped error failure system-out system-err"),
    "failure": ("type message", "", ""),
    "skipped": ("type message", "", ""),
}  # fmt: skip


def faults(report: bytes) -> list[str]:
    """What Jenkins would not like about a report."""
    root = ET.fromstring(report)
    found = [f"{root.tag} is no root"] if root.tag not in {"testsuites", "testsuite"} else []
    for element in root.iter():
        may, must, inside = (words.split() for words in SCHEMA.get(element.tag, ("", "", "")))
        found += [f"{element.tag} has {name}" for name in element.attrib if name not in may]
        found += [f"{element.tag} lacks {name}" for name in must if not element.get(name)]
        found += [f"{child.tag} in {element.tag}" for child in element if child.tag not in inside]
    for suite in root.iter("testsuite"):
        names = [case.get("name") for case in suite.findall("testcase")]
        counts = [len(names), *(len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "skipped", "error"))]
        told = [int(suite.get(name, "0")) for name in ("tests", "failures", "skipped", "errors")]
        found += [f"{told} are {counts}"] if told != counts else []
        found += ["a name stands twice"] if len(set(names)) < len(names) else []
        found += ["time is none"] if not re.fullmatch(r"[0-9]+\.[0-9]{3}", suite.get("time", "")) else []
        found += ["timestamp is none"] if not STAMP.fullmatch(suite.get("timestamp", "")) else []
    return found


def cases(report: bytes) -> dict[str, str]:
    """What became of each account, by its name."""
    found = {case.get("name", ""): case for case in ET.fromstring(report).iter("testcase")}
    return {name: next((child.tag for child in case), "passed") for name, case in found.items()}


def answer(
    key: str, said: Count | Reason, verdict: Verdict = ACCEPTED, metric: str = "followers", detail: str = ""
) -> Fill:
    account = Account(key, key.partition("/")[2])
    what = Reading(account, metric, said) if isinstance(said, Count) else Miss(account, said, detail)
    return Fill("hourly", NOON, Outcome(what, "api", NOON), verdict if isinstance(said, Count) else None)


def report(*fills: Fill, before: tuple[Row, ...] = (), job: str = "hourly") -> bytes:
    return junit(Report((Turnout(job, NOON, before, fills, tally=Tally(seconds=1.5)),)))


def row(status: str, reason: Reason | None = None, key: str = "twitter/energy") -> Row:
    return Row(NOON, "hourly", NOON, key, "energy", "followers", None, None, "api", status, reason, 1)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_is_in_plain_words_with_what_to_do(reason: Reason) -> None:
    said = report(answer("twitter/energy", reason, detail="HTTP 500"))
    (case,) = ET.fromstring(said).iter("testcase")
    (found,) = case
    assert found.tag == ("skipped" if reason in KNOWN_ABSENCES else "failure")
    assert found.get("type") == reason
    assert found.get("message") == f"the account {REASONS[reason].of_account}"
    if reason not in KNOWN_ABSENCES:
        assert found.text
        assert found.text.startswith("HTTP 500\n\nWhat to do: ")
        assert "{" not in found.text
    assert faults(said) == []


def test_an_account_is_one_case_however_many_metrics_it_has_and_its_platform_is_its_class() -> None:
    said = report(
        answer("twitter/energy", Count(7)),
        answer("twitter/energy", Count(8), metric="likes"),
        answer("youtube/lab", Count(9)),
    )
    found = [(case.get("classname"), case.get("name")) for case in ET.fromstring(said).iter("testcase")]
    assert found == [("twitter", "twitter/energy"), ("youtube", "youtube/lab")]


def test_a_held_count_is_skipped_as_the_run_exits_with_0() -> None:
    said = report(answer("twitter/energy", Count(7), HELD))
    assert cases(said) == {"twitter/energy": "skipped"}
    assert AWAITING in said.decode()


def test_of_two_answers_about_an_account_the_better_one_counts() -> None:
    said = report(answer("twitter/energy", Count(7), HELD), answer("twitter/energy", Count(12_000)))
    assert cases(said) == {"twitter/energy": "passed"}


@pytest.mark.parametrize(
    ("before", "result", "words"),
    [
        (row("accepted"), "passed", ""),
        (row("held"), "skipped", AWAITING),
        (
            row("missed", "not_found"),
            "skipped",
            "the account is not found; it was asked about earlier in the same slot",
        ),
        (row("missed", "retired"), "skipped", "the account is on a platform that has closed"),
    ],
)
def test_whoever_was_done_before_is_there_too(before: Row, result: str, words: str) -> None:
    said = report(before=(before,))
    assert cases(said) == {"twitter/energy": result}
    assert words in said.decode()
    assert faults(said) == []


def test_a_job_that_means_somebody_unknown_fails_as_the_run_exits_with_1() -> None:
    stranger = "hourly means twitter/nope, and the roster has no such account"
    said = junit(Report((Turnout("hourly", NOON, (), (answer("twitter/energy", Count(7)),), strangers=(stranger,)),)))
    assert cases(said) == {"roster": "failure", "twitter/energy": "passed"}
    assert stranger in said.decode()
    assert faults(said) == []


HOSTILE = "<b>&\"']]>\x00\x08\x1b[31m\ud800\ufffe\u202e\nline two\t…"


def test_whatever_a_platform_says_the_report_is_xml() -> None:
    said = report(answer("twitter/energy", "shape_changed", detail=HOSTILE), job="a\x00<job>")
    assert faults(said) == []
    (failure,) = ET.fromstring(said).iter("failure")
    assert "line two" in str(failure.text)
    assert "\x1b" not in str(failure.text)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (('failures="1"', 'failures="0"'), "[1, 0, 0, 0] are [1, 1, 0, 0]"),
        (('classname="twitter" ', ""), "testcase lacks classname"),
        (('time="1.500"', 'time="soon"'), "time is none"),
        (("<failure message", '<failure reason="x" message'), "failure has reason"),
        (("testsuites", "reports"), "reports is no root"),
    ],
)
def test_a_report_that_jenkins_would_not_like_is_caught(spoil: tuple[str, str], fault: str) -> None:
    said = report(answer("twitter/energy", "not_found")).decode()
    assert faults(said.encode()) == []
    assert spoil[0] in said
    assert fault in faults(said.replace(*spoil).encode())


async def test_the_names_are_the_same_in_every_run_and_a_failure_is_where_the_status_is_1(city: City) -> None:
    well = await city.run()
    ill = await city.run({"twitter": {"nnsa": "suspended"}})
    first, second = (junit(Report((each.turnout,))) for each in (well, ill))
    assert cases(first).keys() == cases(second).keys()
    assert set(cases(first).values()) == {"passed"}
    assert [name for name, result in cases(second).items() if result != "passed"] == ["twitter/nnsa"]
    assert (well.status, ill.status) == (0, 1)


async def test_a_second_run_of_a_slot_has_the_same_names_though_nobody_is_asked(town: Town) -> None:
    again = await collect(town.premises(), Wanted(), lambda _: None)
    (turnout,) = again.turnouts
    assert turnout.fills == ()
    assert cases(junit(again)) == dict.fromkeys(
        ("twitter/energy", "twitter/lab", "twitter/rival", "twitter/secret"), "passed"
    )
    assert faults(junit(structs.replace(again, turnouts=(turnout, turnout)))) == []
