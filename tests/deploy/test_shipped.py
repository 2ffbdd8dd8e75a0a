"""All of deploy/: every file is checked somewhere here, and every command in it is one that headcount has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from headcount.cli.parser import COMMANDS, cli
from tests.deploy.webservers import DEPLOY

FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
TESTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
CALLED = re.compile(rf"\bheadcount ((?:--config \S+ )?(?:{'|'.join(COMMANDS)}|serve)\b(?: [^;|&>'\"`:\n]*)?)")


def names(path: Path) -> str:
    return path.relative_to(DEPLOY).as_posix()


def calls(text: str) -> list[list[str]]:
    """Every command line of headcount in a text, in words."""
    return [found.split() for found in CALLED.findall(text)]


def in_lists(text: str) -> list[list[str]]:
    """Those of containers, which stand in lists."""
    found = [json.loads(each) for each in re.findall(r"^CMD (\[.*\])", text, re.MULTILINE)]
    if "apiVersion" in text:
        documents = list(YAML(typ="safe").load_all(text))
        containers = [one["spec"]["template"]["spec"]["containers"] for one in documents if one["kind"] == "Deployment"]
        found += [container["args"] for each in containers for container in each]
    return found


def refused(words: list[str]) -> str:
    """Why headcount does not take a command line; nothing where it does."""
    result = CliRunner().invoke(cli, [*words, "--help"])
    return "" if result.exit_code == 0 else result.output


COMMAND_LINES = sorted(
    {(names(path), *words) for path in FILES for words in (calls(path.read_text()) + in_lists(path.read_text()))}
)


@pytest.mark.parametrize("line", COMMAND_LINES, ids=" ".join)
def test_every_command_is_one_that_headcount_takes(line: tuple[str, ...]) -> None:
    _, *words = line
    assert refused(words) == ""


@pytest.mark.parametrize("words", [["runn"], ["run", "--junitt", "x"], ["roster", "chek"], ["schedule", "--once"]])
def test_a_command_that_headcount_does_not_take_is_caught(words: list[str]) -> None:
    assert refused(words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("exec /opt/headcount/bin/headcount run'", [["run"]]),
        ("headcount run --junit report.xml || status=$?", [["run", "--junit", "report.xml"]]),
        ("7 * * * * headcount roster check >$LOG", [["roster", "check"]]),
        ("the headcount runs; headcount.toml", []),
    ],
)
def test_commands_are_found_in_their_surroundings(text: str, found: list[list[str]]) -> None:
    assert calls(text) == found


def test_each_way_of_running_it_calls_it() -> None:
    callers = {line[0] for line in COMMAND_LINES}
    assert callers >= {
        "Containerfile",
        "Jenkinsfile",
        "crontab",
        "github-actions.yml",
        "kubernetes.yaml",
        "systemd/headcount-schedule.service",
        "systemd/headcount-serve.service",
        "systemd/headcount.service",
    }


@pytest.mark.parametrize("path", FILES, ids=names)
def test_every_file_has_a_test_and_a_line_in_the_readme(path: Path) -> None:
    assert path.name in TESTS or (path.parent.name == "systemd" and "UNITS" in TESTS)
    assert path.name == "README.md" or path.name in (DEPLOY / "README.md").read_text()
