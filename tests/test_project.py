"""What holds of every file: rules have reasons, addresses and words stay out, the version is one and is said at once."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

import headcount

ROOT = Path(__file__).parent.parent

# A class of one letter, so that this file does not find itself.
REGISTRY = re.compile(
    r"[p]ypi\.org|python[h]osted|[r]egistry\.npmjs|[-]-index-url[ =]|https?:[/]/\S+\.(?:whl|tgz|tar\.gz|deb)\b"
)
DEVELOPERS_MACHINE = re.compile(r"(?<![\w.}/-])/(?:[w]ork|[r]oot|[h]ome|[U]sers)/\w")
UNWANTED = re.compile(
    r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK|A[I]|L[L]M)\b|(?i:\b(?<!user[ _-])[a]gents?\b(?! any$)|[c]o-authored-by)"
)

SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no)")
WITH_REASON = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\]|pragma:\s*no\s\w+)\s*[-#:]*\s*[\w`',.-]+ [\w`]"
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pyproject() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def ignored(path: Path, patterns: list[str]) -> bool:
    """Whether .gitignore leaves it out: `/name/` only at the top, `name/` and `*.ending` anywhere."""
    at_top = "/" + path.relative_to(ROOT).as_posix()
    return any(fnmatch(at_top if pattern.startswith("/") else path.name, pattern.rstrip("/")) for pattern in patterns)


def project_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every text that belongs to the project."""
    patterns = [line for line in read(".gitignore").splitlines() if line and not line.startswith("#")]
    for path in sorted(folder.iterdir()):
        if path.name == ".git" or ignored(path, patterns):
            continue
        if path.is_dir():
            yield from project_files(path)
        elif b"\0" not in path.read_bytes()[:8000]:
            yield path


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in the project, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in project_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


# ------------------------------------------------------------------------------------------------ rules and exceptions


def entries_without_reason(toml: str) -> list[str]:
    """The entries of ruff's ignore lists that do not say why."""
    section = toml[toml.index("[tool.ruff.lint]") :]
    return [line for line in section.splitlines() if re.match(r' +"', line) and not re.search(r'", *# \S+ \S+', line)]


def test_ruff_selects_all_rules_and_every_exception_says_why() -> None:
    assert pyproject()["tool"]["ruff"]["lint"]["select"] == ["ALL"]
    assert entries_without_reason(read("pyproject.toml")) == []


def test_an_exception_without_a_reason_is_caught() -> None:
    toml = '[tool.ruff.lint]\nignore = [\n    "D105", # what __iter__ does is known\n    "D107",\n]\n'
    assert entries_without_reason(toml) == ['    "D107",']


def suppressions_without_reason(lines: Iterator[str]) -> list[str]:
    return [line for line in lines if SUPPRESSION.search(line) and not WITH_REASON.search(line)]


def test_every_suppression_in_the_code_says_why() -> None:
    files = [
        path
        for part in ("src", "tests", "benchmarks", "docs")
        for path in (ROOT / part).rglob("*.py")
        if path != Path(__file__)
    ]
    assert (
        suppressions_without_reason(line for path in files for line in path.read_text(encoding="utf-8").splitlines())
        == []
    )


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("x = 1  # noqa: S311 - jitter needs no dice", False),
        ("x = 1  # noqa: S311, T201 - it prints made-up numbers", False),
        ("x = 1  # type: ignore[arg-type]  # the stub is wrong", False),
        ("x = 1  # noqa: ARG002 - SQLAlchemy's signature", False),
        ("x = 1  # noqa: S311", True),
        ("x = 1  # noqa", True),
        ("x = 1  # type: ignore", True),
        ("x = 1  # type: ignore[arg-type]", True),
        ("x = 1  # pragma: no cover", True),
    ],
)
def test_a_suppression_without_a_reason_is_caught(line: str, caught: bool) -> None:
    assert bool(suppressions_without_reason(iter([line]))) == caught


# ------------------------------------------------------------------------------------------------ addresses and words


@pytest.mark.parametrize("pattern", [REGISTRY, DEVELOPERS_MACHINE, UNWANTED], ids=["registry", "machine", "words"])
def test_no_file_holds_a_registry_address_a_developers_path_or_an_unwanted_word(pattern: re.Pattern[str]) -> None:
    assert places(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "text", "caught"),
    [
        (REGISTRY, "https://" + "pypi" + ".org/simple", True),
        (REGISTRY, "https://example.org/files/" + "headcount-1.0.tar.gz", True),
        (REGISTRY, "-" + "-index-url https://example.org", True),
        (REGISTRY, "https://docs.astral.sh/ruff/settings/", False),
        (DEVELOPERS_MACHINE, "path = '" + "/home" + "/ada/headcount'", True),
        (DEVELOPERS_MACHINE, "/work" + "/main", True),
        (DEVELOPERS_MACHINE, "src/headcount/work/queue.py, {api}/home/timeline, https://x.com/home", False),
        (UNWANTED, "# TO" + "DO: later", True),
        (UNWANTED, "written by an a" + "gent", True),
        (UNWANTED, "Co-" + "Authored-By: somebody", True),
        (UNWANTED, "    a" + "gent any", False),
        (UNWANTED, "the User-Agent, a user agent, agency, said", False),
    ],
)
def test_an_unwanted_address_path_or_word_is_caught(pattern: re.Pattern[str], text: str, caught: bool) -> None:
    assert bool(pattern.search(text)) == caught


def test_the_search_sees_every_kind_of_file_and_none_that_git_ignores() -> None:
    seen = {path.relative_to(ROOT).as_posix() for path in project_files()}
    assert {
        "Makefile",
        ".ci/run",
        "requirements.lock",
        "src/headcount/demo/__init__.py",
        "tests/test_project.py",
    } <= seen
    assert not any(name.startswith((".git/", ".venv/", "build/")) or "__pycache__" in name for name in seen)


# ---------------------------------------------------------------------------------------- the version and the changelog


def test_the_changelog_begins_with_what_is_unreleased_or_with_this_version() -> None:
    newest = re.search(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest[1] in {"Unreleased", headcount.__version__}


def loaded(*command: str) -> tuple[str, set[str]]:
    """What Python printed, and the modules that it loaded for it."""
    done = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=True)
    return done.stdout, {
        line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")
    }


HEAVY = {"click", "sqlalchemy", "aiohttp", "alembic", "babel", "rich"}


def test_the_version_is_said_without_loading_anything_heavy() -> None:
    said, modules = loaded("-m", "headcount", "--version")
    assert headcount.__version__ in said
    assert modules & HEAVY == set()


def test_a_heavy_import_is_caught() -> None:
    assert loaded("-c", "import click")[1] & HEAVY == {"click"}
