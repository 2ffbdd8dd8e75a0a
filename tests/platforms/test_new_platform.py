"""Adding a platform is adding its file, what the demo server answers for it, and its data for the tests: nothing else.

Chirp lies in a folder of its own, laid out as it would be in the house. It is laid over a copy, in which the suites that
hold of every platform are then run for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
CHIRP = HERE / "tests/exercise/chirp"
SUITES = ("tests/platforms/test_conformance.py", "tests/platforms/test_mutations.py", "tests/demo/test_sources.py")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "exercise", "system")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with Chirp in it."""
    copy = tmp_path_factory.mktemp("house")
    for folder in ("src", "tests"):
        shutil.copytree(HERE / folder, copy / folder, ignore=LEFT_OUT, symlinks=True)
    shutil.copy(HERE / "pyproject.toml", copy)
    for file in files(CHIRP):
        assert not (copy / file).exists(), f"{file} is there already: adding a platform edits nothing"
        shutil.copy(CHIRP / file, copy / file)
    return copy


def files(folder: Path) -> list[Path]:
    return [path.relative_to(folder) for path in folder.rglob("*.py")]


def python(house: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(house / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)


def test_a_platform_is_one_file_and_its_data() -> None:
    assert {str(file) for file in files(CHIRP)} == {
        "src/headcount/platforms/chirp.py",
        "src/headcount/demo/answers/chirp.py",
        "tests/platforms/tables/chirp.py",
        "tests/platforms/good/chirp.py",
    }


@pytest.mark.parametrize("suite", SUITES)
def test_what_holds_of_every_platform_holds_of_a_new_one(house: Path, suite: str) -> None:
    """The whole of conformance, which looks both ways; of the others what is Chirp's, and what others make of it."""
    chosen = [] if "conformance" in suite else ["-k", "chirp or another_source"]
    ran = python(house, ["pytest", "-q", "-p", "no:cacheprovider", "-m", "not long", *chosen, suite])
    assert ran.returncode == 0, ran.stdout
    assert " passed" in ran.stdout


def test_it_is_known_at_once_to_every_command(house: Path, tmp_path: Path) -> None:
    flock = tmp_path / "flock.json"
    flock.write_text('{"birds": [{"id": "b1", "name": "robin", "watchers": 777}]}')
    ran = python(house, ["headcount", "replay", "chirp", "api", "https://chirp.example/@robin", str(flock)])
    assert ran.returncode == 0, ran.stderr
    assert '"count": 777' in ran.stdout
    assert "api.chirp.example" in python(house, ["headcount", "doctor", "--hosts"]).stdout


def test_one_that_breaks_a_promise_is_caught(house: Path) -> None:
    """The positive control: a Chirp that takes a missing count for nought."""
    module = house / "src/headcount/platforms/chirp.py"
    sound = module.read_text(encoding="utf-8")
    module.write_text(sound.replace("watchers: Heads", "watchers: Heads = 0"), encoding="utf-8")
    ran = python(house, ["pytest", "-q", "-p", "no:cacheprovider", "-m", "not long", "-k", "chirp", SUITES[1]])
    module.write_text(sound, encoding="utf-8")
    assert ran.returncode == 1, ran.stdout
    assert "wrong number" in ran.stdout
