"""The locks: every package that is installed is named with its version and hashes, and nothing else is needed."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = "requirements.lock"
RUNTIME_LOCK = "requirements-runtime.lock"

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)([^\\\n]*)((?: \\\n +--hash=sha256:[0-9a-f]{64})*)$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pyproject() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Name -> (version, how many hashes)."""
    return {
        str(canonicalize_name(name)): (version, hashes.count("--hash"))
        for name, version, _, hashes in PIN.findall(lock)
    }


def lock_faults(wanted: list[str], lock: str) -> list[str]:
    """What a lock lacks of what is wanted of it."""
    pinned = pins(lock)
    faults = [f"{name} has no hash" for name, (_, hashes) in pinned.items() if hashes == 0]
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        version, _ = pinned.get(name, (None, 0))
        if version is None:
            faults.append(f"{name} is not pinned")
        elif version not in requirement.specifier:
            faults.append(f"{name}=={version} is not {requirement.specifier}")
    return faults


def runtime_requirements() -> list[str]:
    project = pyproject()["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    return [*project["dependencies"], *(requirement for extra in extras.values() for requirement in extra)]


def all_requirements() -> list[str]:
    told = pyproject()
    return [*runtime_requirements(), *told["dependency-groups"]["dev"], *told["build-system"]["requires"]]


def test_the_lock_pins_every_dependency_of_pyproject_with_hashes() -> None:
    assert lock_faults(all_requirements(), read(LOCK)) == []


def test_the_runtime_lock_pins_every_dependency_of_the_package_with_hashes() -> None:
    assert lock_faults(runtime_requirements(), read(RUNTIME_LOCK)) == []


def test_the_runtime_lock_is_a_part_of_the_lock() -> None:
    assert pins(read(RUNTIME_LOCK)).items() <= pins(read(LOCK)).items()


@pytest.mark.parametrize(
    ("lock", "fault"),
    [
        ("click==8.2.0 \\\n    --hash=sha256:" + "0" * 64, None),
        ("click==8.2.0 ; sys_platform == 'linux' \\\n    --hash=sha256:" + "0" * 64, None),
        ("click==8.2.0", "click has no hash"),
        ("click==8.1.0 \\\n    --hash=sha256:" + "0" * 64, "click==8.1.0 is not >=8.2"),
        ("rich==14.0.0 \\\n    --hash=sha256:" + "0" * 64, "click is not pinned"),
    ],
)
def test_a_lock_that_lacks_something_is_caught(lock: str, fault: str | None) -> None:
    assert lock_faults(["Click>=8.2"], lock) == ([fault] if fault else [])


def foreign_imports(source: str) -> set[str]:
    """The top-level packages that a module imports, neither ours nor Python's own."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"headcount"}


def undeclared(sources: Iterator[str]) -> list[str]:
    declared = {canonicalize_name(Requirement(line).name) for line in runtime_requirements()}
    makers = importlib.metadata.packages_distributions()
    found = {name for source in sources for name in foreign_imports(source)}
    return sorted(name for name in found if not declared & set(map(canonicalize_name, makers.get(name, [name]))))


def test_the_package_imports_only_what_pyproject_declares() -> None:
    assert undeclared(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")) == []


def test_an_undeclared_import_is_caught() -> None:
    assert undeclared(iter(["import os, click\nfrom headcount import model\ndef f():\n    import pytest.raises"])) == [
        "pytest"
    ]
