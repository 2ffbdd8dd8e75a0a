"""A run as a JUnit report: a test case an account, so that Jenkins draws the history of its health."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from headcount.model import KNOWN_ABSENCES, Fill, Miss
from headcount.pipeline.run import Report
from headcount.pipeline.turnout import Turnout


def junit(report: Report) -> bytes:
    """The report as XML: a suite a job; a known absence is skipped, any other miss is a failure."""
    suites = ET.Element("testsuites", name="headcount")
    for turnout in report.turnouts:
        suites.append(_suite(turnout))
    ET.indent(suites)
    document: str = ET.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{document}\n'.encode()


def _suite(turnout: Turnout) -> ET.Element:
    misses = turnout.misses()
    skipped = sum(1 for miss in misses if miss.reason in KNOWN_ABSENCES)
    suite = ET.Element(
        "testsuite",
        name=turnout.job,
        timestamp=f"{turnout.slot:%Y-%m-%dT%H:%M:%S}",
        time=f"{turnout.tally.seconds:.3f}",
        tests=str(len(turnout.fills)),
        failures=str(len(misses) - skipped),
        skipped=str(skipped),
        errors="0",
    )
    suite.extend(_case(fill) for fill in turnout.fills)
    return suite


def _case(fill: Fill) -> ET.Element:
    said = fill.outcome.said
    metric = "" if isinstance(said, Miss) else f" {said.metric}"
    case = ET.Element("testcase", classname=said.account.platform, name=f"{said.account.key}{metric}")
    if isinstance(said, Miss):
        kind = "skipped" if said.reason in KNOWN_ABSENCES else "failure"
        ET.SubElement(case, kind, message=_printable(f"{said.reason}: {said.detail}".rstrip(": ")))
    return case


def _printable(text: str) -> str:
    """XML 1.0 has no place for control characters, and a platform's words may hold any."""
    return "".join(character if character.isprintable() else " " for character in text)
