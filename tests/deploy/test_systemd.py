"""The units for systemd: it understands them, little is exposed, and what they promise each other holds."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path

import pytest

from tests.deploy.webservers import DEPLOY, program

UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
THRESHOLD = 20
"""In tenths: below 2.0."""


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    command = [program("systemd-analyze"), *words]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def complaints(folder: Path, changes: dict[str, str] | None = None) -> str:
    """What systemd says of the units, with an executable where they look for headcount."""
    executable = folder / "headcount"
    executable.touch(mode=0o755)
    for unit in UNITS:
        text = unit.read_text().replace("/opt/headcount/bin/headcount", str(executable))
        for old, new in (changes or {}).items():
            text = text.replace(old, new)
        (folder / unit.name).write_text(text)
    return analyze("verify", *(str(folder / unit.name) for unit in UNITS)).stdout


def exposed(unit: Path) -> bool:
    return analyze("security", "--offline=true", f"--threshold={THRESHOLD}", str(unit)).returncode != 0


def directives(name: str) -> dict[str, list[str]]:
    """Every directive of a unit with its values."""
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # as the standard library's own documentation does
    parser.read(DEPLOY / "systemd" / name)
    return {key: value.split() for section in parser.sections() for key, value in parser.items(section)}


def test_systemd_has_nothing_to_complain_of(tmp_path: Path) -> None:
    assert complaints(tmp_path) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [("PrivateTmp=yes", "PrivateTemp=yes"), ("OnCalendar=hourly", "OnCalendar=hourlyy"), ("ExecStart=", "ExecStrt=")],
)
def test_a_unit_with_a_fault_is_caught(tmp_path: Path, old: str, new: str) -> None:
    assert complaints(tmp_path, {old: new})


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_little_is_exposed(unit: Path) -> None:
    assert not exposed(unit)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_without_its_walls_is_caught(tmp_path: Path, unit: Path) -> None:
    text = unit.read_text()
    bare = tmp_path / unit.name
    bare.write_text(re.sub(r"^(Protect|Private|Restrict|System|Capab|NoNew).*\n", "", text, flags=re.MULTILINE))
    assert exposed(bare)


def test_every_service_has_the_same_walls() -> None:
    walls = {unit.read_text().split("ProtectSystem=")[1].split("\n[Install]")[0].strip() for unit in SERVICES}
    assert len(walls) == 1


def test_a_run_with_some_counts_missing_is_no_failure_of_the_unit() -> None:
    assert directives("headcount.service")["SuccessExitStatus"] == ["1", "4", "130"]


@pytest.mark.parametrize("name", ["headcount-schedule.service", "headcount-serve.service"])
def test_what_stays_up_is_started_again_unless_the_configuration_is_wrong(name: str) -> None:
    found = directives(name)
    assert found["Restart"] == ["on-failure"]
    assert found["RestartPreventExitStatus"] == ["2"]


def test_the_timer_makes_up_for_a_start_that_was_slept_through_and_spreads_the_load() -> None:
    found = directives("headcount.timer")
    assert (found["OnCalendar"], found["Persistent"], found["RandomizedDelaySec"]) == (["hourly"], ["yes"], ["5min"])
    assert "Unit" not in found, "it starts the service of its own name"
    assert (DEPLOY / "systemd/headcount.service").exists()


def test_keys_are_handed_over_as_credentials_and_only_to_what_asks_the_platforms() -> None:
    loads = {unit.name: directives(unit.name).get("LoadCredential") for unit in SERVICES}
    given = ["keys.env:/etc/headcount/keys.env"]
    assert loads == {"headcount.service": given, "headcount-schedule.service": given, "headcount-serve.service": None}


def test_what_is_served_to_others_comes_through_the_web_server_in_front() -> None:
    assert directives("headcount-serve.service")["IPAddressAllow"] == ["localhost"]
    assert "127.0.0.1" in directives("headcount-serve.service")["ExecStart"]
