"""The Jenkinsfile, read by a Groovy parser: it is a declarative pipeline that does what people are told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import tree_sitter_groovy
from tree_sitter import Language, Node, Parser

from headcount.cli.parser import COMMANDS
from tests.deploy.webservers import DEPLOY

TEXT = (DEPLOY / "Jenkinsfile").read_text()
GROOVY = Language(tree_sitter_groovy.language())
SECTIONS = {"triggers", "options", "environment", "stages", "post"}
"""What a declarative pipeline of ours has, besides where it runs."""
CALLS = {"method_invocation", "juxt_function_call"}


def parsed(text: str) -> Node:
    return Parser(GROOVY).parse(text.encode()).root_node


def below(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from below(child)


def word(node: Node | None) -> str:
    return node.text.decode() if node is not None and node.text is not None else ""


def calls(node: Node, name: str) -> list[Node]:
    return [each for each in below(node) if each.type in CALLS and word(each.child_by_field_name("name")) == name]


def blocks(node: Node) -> dict[str, Node]:
    """What stands in a block of the pipeline, by name: `name { ... }`, one level deep."""
    body = node.child_by_field_name("body")
    found = [each.children[0] if each.type == "expression_statement" else each for each in (body or node).children]
    return {word(each.child_by_field_name("name")): each for each in found if each.type in CALLS}


def pipeline(text: str = TEXT) -> Node:
    (found,) = calls(parsed(text), "pipeline")
    return found


def test_it_is_groovy() -> None:
    assert not parsed(TEXT).has_error


@pytest.mark.parametrize(
    ("old", "new"), [("    }\n\n    post", "    \n\n    post"), ("cron('H", "cron(H'"), ("status == 1)", "status == 1")]
)
def test_a_broken_one_is_caught(old: str, new: str) -> None:
    assert old in TEXT
    assert parsed(TEXT.replace(old, new)).has_error


def test_it_is_one_declarative_pipeline_with_every_section() -> None:
    assert blocks(pipeline()).keys() >= SECTIONS
    assert re.search(r"^ {4}\w+ any$", TEXT, re.MULTILINE), "where it runs"


def test_a_pipeline_without_a_section_is_caught() -> None:
    without = re.sub(r"^ {4}triggers \{.*?^ {4}\}\n", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    assert SECTIONS - blocks(pipeline(without)).keys() == {"triggers"}


def test_it_runs_every_hour_at_a_minute_of_its_own() -> None:
    (cron,) = calls(blocks(pipeline())["triggers"], "cron")
    assert word(cron) == "cron('H * * * *')"


def test_builds_never_overlap_and_end() -> None:
    options = blocks(pipeline())["options"]
    assert calls(options, "disableConcurrentBuilds")
    assert calls(options, "timeout")


def test_every_stage_has_steps_and_the_second_is_for_once_a_day() -> None:
    stages = calls(blocks(pipeline())["stages"], "stage")
    assert [word(stage.child_by_field_name("arguments")) for stage in stages] == [
        "('Count and publish')",
        "('Daily: look after it')",
    ]
    assert all("steps" in blocks(stage) for stage in stages)
    assert [bool(calls(stage, "when")) for stage in stages] == [False, True]


@pytest.mark.parametrize(
    ("condition", "then"),
    [
        ("(status == 1)", "unstable('Some accounts have no count"),
        ("(status == 4)", "currentBuild.result = 'NOT_BUILT'"),
        ("(status != 0)", 'error("headcount run ended with'),
    ],
)
def test_each_exit_status_has_its_colour(condition: str, then: str) -> None:
    (found,) = [each for each in below(pipeline()) if each.type == "if_statement" and said(each) == condition]
    assert then in word(found.child_by_field_name("consequence") or found)


def said(branch: Node) -> str:
    return word(branch.child_by_field_name("condition"))


def test_the_report_and_the_figures_are_kept_whatever_happens() -> None:
    always = blocks(blocks(pipeline())["post"])["always"]
    assert "report.xml" in word(calls(always, "junit")[0])
    assert "report.xml" in word(calls(always, "archiveArtifacts")[0])
    assert "--junit report.xml" in TEXT


def test_keys_come_from_jenkins_and_are_known_to_headcount() -> None:
    bound = dict(re.findall(r"^ +(HEADCOUNT_\w+) = (\S+)", TEXT, re.MULTILINE))
    keys = {name: value for name, value in bound.items() if name != "HEADCOUNT_CONFIG"}
    assert keys
    assert all(value == f"credentials('{name.lower().replace('_', '-')}')" for name, value in keys.items())


def test_the_state_lies_outside_of_the_workspace() -> None:
    assert re.search(r"HEADCOUNT_CONFIG = '/var/lib/headcount/", TEXT)


def test_every_command_is_one_of_headcount() -> None:
    called = set(re.findall(r"'headcount (\w+)", TEXT))
    assert {"run", "roster", "doctor", "status"} <= called <= set(COMMANDS)
