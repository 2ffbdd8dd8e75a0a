"""What can be typed: the Makefile, what CI runs, and the small scripts beside it, hold together."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def targets(makefile: str) -> dict[str, list[str]]:
    """Each documented target with what it needs first."""
    found = re.findall(r"^([a-z][a-z-]*):([^=#\n]*)## ", makefile, re.MULTILINE)
    return {name: [word for word in needs.split() if "$" not in word] for name, needs in found}


def made(text: str) -> list[str]:
    """The targets that a text asks make for, in a line of code or between backticks."""
    return re.findall(r"(?:^ *(?:\$ )?|`)make ([a-z][a-z-]*)", text, re.MULTILINE)


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ".ci/run", "pyproject.toml"]
)
def test_every_make_command_that_is_written_down_exists(document: str) -> None:
    assert set(made(read(document))) <= targets(read("Makefile")).keys()


def test_an_invented_make_command_is_caught() -> None:
    assert made("Say `make coffee`:\n\n    make test\n") == ["coffee", "test"]
    assert "coffee" not in targets(read("Makefile"))


def test_make_check_runs_what_ci_runs_in_cis_order() -> None:
    assert made(read(".ci/run").split("set -eu")[1]) == targets(read("Makefile"))["check"]


def test_ci_calls_the_test_command_of_the_readme() -> None:
    assert "make test" in read(".ci/run").splitlines()
    asked = {target for target in made(read("README.md")) if target.startswith("test")}
    assert asked <= {"test"}


def test_make_alone_lists_every_target() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in shown.splitlines()] == list(targets(read("Makefile")))


def test_every_script_of_ci_can_be_run() -> None:
    assert [path.name for path in (ROOT / ".ci").iterdir() if not os.access(path, os.X_OK)] == []


@pytest.mark.parametrize(
    ("subject", "good"),
    [
        ("youtube: read the new page layout", True),
        ("net, collect: one deadline for a whole exchange", True),
        ("platforms/twitter: suspended is not deactivated", True),
        ('Revert "youtube: read the new page layout"', True),
        ("Merge branch 'main'", True),
        ("fix stuff", False),
        ("YouTube: read the new page layout", False),
        ("youtube:read the new page layout", False),
        ("youtube: ", False),
        ("youtube: read the new page layout.", False),
        ("youtube: " + "very " * 20 + "long", False),
        ("", False),
    ],
)
def test_the_subject_of_a_commit_says_part_and_change(tmp_path: Path, subject: str, good: bool) -> None:
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text(f"{subject}\n\nWhy it was changed.\n", encoding="utf-8")
    done = subprocess.run([ROOT / ".ci/check-commit-message", message], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == good, done.stderr


FETCHED = "setup    Ink is missing: fetching ink-bottle with apt-get"
CREATES = 'touch "$HERE/part"'


@pytest.mark.parametrize(
    ("user", "apt_get", "ci", "expected"),
    [
        (0, CREATES, "", (0, FETCHED)),
        (0, CREATES, "true", (0, FETCHED)),
        (0, "exit 100", "", (0, "SKIPPED  Ink is missing")),
        (0, "exit 100", "true", (1, "FAILED   Ink is missing")),
        (1000, CREATES, "", (0, "SKIPPED  Ink is missing")),
        (1000, CREATES, "true", (1, "FAILED   Ink is missing")),
    ],
)
def test_a_missing_system_package_is_fetched_or_said_and_fails_ci(
    tmp_path: Path, user: int, apt_get: str, ci: str, expected: tuple[int, str]
) -> None:
    for command, does in {"id": f"echo {user}", "apt-get": apt_get}.items():
        (tmp_path / command).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / command).chmod(0o755)
    machine = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HERE": str(tmp_path), "CI": ci}
    status, said = need_ink(machine)
    assert (status, said.splitlines()[-1][: len(expected[1])]) == expected
    (tmp_path / "part").touch()
    assert need_ink(machine) == (0, "")


def need_ink(machine: dict[str, str]) -> tuple[int, str]:
    """Asks for a part that is there once the file `part` is; the exit status and all that was said."""
    command = [str(ROOT / ".ci/need"), "Ink", "ink-bottle", 'test -e "$HERE/part"']
    done = subprocess.run(
        command, env=machine, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, done.stdout


def test_pre_commit_fetches_no_hook() -> None:
    assert set(re.findall(r"repo: (\S+)", read(".pre-commit-config.yaml"))) == {"local"}
