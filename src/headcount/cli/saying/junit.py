"""A run as a JUnit report: a test case an account, the same ones in every run, so that Jenkins draws the history of its health."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal
from xml.etree import ElementTree as ET

from msgspec import Struct

from headcount.model import HEADLINE, KNOWN_ABSENCES, Fill, Miss, Reason
from headcount.news.reasons import words_for
from headcount.pipeline.collecting.turnout import Turnout
from headcount.pipeline.run import Report
from headcount.store.reader import Row

AWAITING = "its count awaits review: `headcount review` lists it"

Result = Literal["passed", "skipped", "failure"]
BEST: tuple[Result, ...] = ("passed", "skipped", "failure")


class Case(Struct, frozen=True):
    """What became of an account."""

    key: str
    result: Result = "passed"
    message: str = ""
    reason: str = ""
    text: str = ""

    @property
    def platform(self) -> str:
        """The slug of its platform, by which Jenkins groups."""
        return self.key.partition("/")[0]


def junit(report: Report) -> bytes:
    """The report as XML: a suite a job.

    A failure is what makes the run exit with 1. A known absence, a count that awaits review, and an account that had none
    earlier in the same slot are skipped.
    """
    suites = ET.Element("testsuites", name="headcount")
    suites.extend(_suite(turnout) for turnout in report.turnouts)
    ET.indent(suites)
    document: str = ET.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{document}\n'.encode()


def _suite(turnout: Turnout) -> ET.Element:
    cases = _cases(turnout)
    results = Counter(case.result for case in cases)
    suite = ET.Element(
        "testsuite",
        name=_printable(turnout.job),
        timestamp=f"{turnout.slot:%Y-%m-%dT%H:%M:%S}",
        time=f"{turnout.tally.seconds:.3f}",
        tests=str(len(cases)),
        failures=str(results["failure"]),
        skipped=str(results["skipped"]),
        errors="0",
    )
    suite.extend(map(_element, cases))
    return suite


def _cases(turnout: Turnout) -> list[Case]:
    """A case an account, by key; of several answers the best counts."""
    said = [*map(_of_row, turnout.done_before), *_of_fills(turnout.fills), *_of_strangers(turnout.strangers)]
    best_last = sorted(said, key=lambda case: BEST.index(case.result), reverse=True)
    best = {case.key: case for case in best_last}
    return [best[key] for key in sorted(best)]


def _of_fills(fills: Iterable[Fill]) -> Iterator[Case]:
    for fill in fills:
        said = fill.outcome.said
        if isinstance(said, Miss):
            yield _missed(said.account.key, said.reason, said.detail)
        elif said.metric == HEADLINE:
            held = fill.verdict is not None and fill.verdict.decision != "accept"
            yield Case(said.account.key, "skipped", AWAITING) if held else Case(said.account.key)


def _of_strangers(strangers: Sequence[str]) -> Iterator[Case]:
    """They make the run exit with 1, too."""
    if strangers:
        yield Case(
            "roster", "failure", "the job means somebody whom the roster does not have", text="\n".join(strangers)
        )


def _of_row(row: Row) -> Case:
    """An account that was done before this run: it is not asked again until its next slot."""
    if row.status == "accepted":
        return Case(row.key)
    if row.reason is None:
        return Case(row.key, "skipped", AWAITING)
    return Case(row.key, "skipped", f"{_plainly(row.reason)}; it was asked about earlier in the same slot", row.reason)


def _missed(key: str, reason: Reason, detail: str) -> Case:
    if reason in KNOWN_ABSENCES:
        return Case(key, "skipped", _plainly(reason), reason)
    todo = words_for(reason).todo.format(key=key, slug=key.partition("/")[0])
    return Case(key, "failure", _plainly(reason), reason, f"{detail}\n\nWhat to do: {todo}".strip())


def _plainly(reason: Reason) -> str:
    return f"the account {words_for(reason).of_account}"


def _element(case: Case) -> ET.Element:
    element = ET.Element("testcase", classname=_printable(case.platform), name=_printable(case.key))
    if case.result != "passed":
        said = ET.SubElement(element, case.result, message=_printable(case.message))
        if case.reason:
            said.set("type", case.reason)
        if case.text:
            said.text = "\n".join(map(_printable, case.text.split("\n")))
    return element


def _printable(text: str) -> str:
    """XML 1.0 has no place for control characters, and a platform's words may hold any."""
    return "".join(character if character.isprintable() else " " for character in text)
