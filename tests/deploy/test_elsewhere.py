"""What we ship for cron, GitHub Actions, containers and Kubernetes, each read by a tool that is made for it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from cronsim import CronSim, CronSimError
from ruamel.yaml import YAML

from tests.deploy.webservers import DEPLOY

BIN = Path(sys.executable).parent
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def faults(*command: str) -> str:
    """What a tool has to say against a file; nothing where it is satisfied."""
    done = subprocess.run([BIN / command[0], *command[1:]], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def spoilt(folder: Path, name: str, old: str, new: str) -> str:
    """A copy of a shipped file with a fault in it."""
    text = (DEPLOY / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    return str(folder / name)


def hourly(expression: str) -> bool:
    """Whether it is due once an hour, at one minute."""
    times = list(islice(CronSim(expression, NOON), 48))
    return {after - before for before, after in pairwise(times)} == {timedelta(hours=1)}


# ---------------------------------------------------------------------------------------------------------------- cron


def entries(text: str) -> Iterator[tuple[str, str]]:
    """When, and what, of each line of a user's crontab that is neither a comment nor a variable."""
    for line in text.splitlines():
        if line and not line.startswith("#") and not re.match(r"\w+=", line):
            *fields, command = line.split(maxsplit=5)
            yield " ".join(fields), command


def crontab() -> dict[str, str]:
    return {command: when for when, command in entries((DEPLOY / "crontab").read_text())}


def test_cron_counts_every_hour_and_looks_after_the_roster_once_a_day() -> None:
    when = {"run" if "headcount run" in command else "check": each for command, each in crontab().items()}
    assert hourly(when["run"])
    days = [at.date() for at in islice(CronSim(when["check"], NOON), 30)]
    assert len(set(days)) == 30
    assert days[-1] - days[0] == timedelta(days=29)


@pytest.mark.parametrize("expression", ["61 * * * *", "7 * * *", "H * * * *", "7 * * * * root"])
def test_a_time_that_cron_does_not_know_is_caught(expression: str) -> None:
    with pytest.raises(CronSimError):
        CronSim(expression, NOON)


def test_the_lines_of_cron_are_shell_and_hold_no_per_cent_sign() -> None:
    for command in crontab():
        assert "%" not in command, "cron makes a line end of it"
        assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0


@pytest.mark.parametrize(("status", "mailed"), [(0, False), (1, False), (2, True), (3, True), (4, False), (130, True)])
def test_cron_mails_what_somebody_must_mend(tmp_path: Path, status: int, mailed: bool) -> None:
    """The line itself, run by a shell, with something in headcount's place that ends so."""
    (line,) = [command for command in crontab() if "headcount run" in command]
    (tmp_path / "headcount").write_text(f"#!/bin/sh\necho counted with $HEADCOUNT_YOUTUBE_KEY\nexit {status}\n")
    (tmp_path / "headcount").chmod(0o755)
    (tmp_path / "keys.env").write_text("HEADCOUNT_YOUTUBE_KEY=mine\n")
    line = line.replace("/etc/headcount/keys.env", str(tmp_path / "keys.env"))
    machine = {"PATH": f"{tmp_path}:/usr/bin:/bin", "LOG": str(tmp_path / "log")}
    done = subprocess.run(["/bin/sh", "-c", line], env=machine, capture_output=True, text=True, check=False)
    assert done.stdout == ("counted with mine\n" if mailed else "")
    assert (tmp_path / "log").read_text() == "counted with mine\n"


# ------------------------------------------------------------------------------------------------------ GitHub Actions


def workflow() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(DEPLOY / "github-actions.yml")
    return found


def test_github_knows_the_workflow() -> None:
    assert not faults(
        "check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(DEPLOY / "github-actions.yml")
    )


def test_a_workflow_that_github_does_not_know_is_caught(tmp_path: Path) -> None:
    bad = spoilt(tmp_path, "github-actions.yml", "runs-on:", "runs_on:")
    assert faults("check-jsonschema", "--builtin-schema", "vendor.github-workflows", bad)


def test_the_workflow_runs_hourly_alone_with_few_rights_and_keeps_its_store_elsewhere() -> None:
    assert all(hourly(each["cron"]) for each in workflow()["on"]["schedule"])
    assert workflow()["concurrency"] == {"group": "headcount", "cancel-in-progress": False}
    assert workflow()["permissions"] == {"contents": "read"}
    assert workflow()["jobs"]["count"]["env"]["HEADCOUNT_STORE_URL"] == "${{ secrets.HEADCOUNT_STORE_URL }}"


@pytest.mark.parametrize(
    ("status", "ends", "said"),
    [(0, 0, ""), (1, 0, "::warning::Some"), (2, 2, ""), (3, 3, ""), (4, 0, "::notice::Another"), (130, 130, "")],
)
def test_the_workflow_turns_red_for_what_somebody_must_mend(tmp_path: Path, status: int, ends: int, said: str) -> None:
    (step,) = [step["run"] for step in workflow()["jobs"]["count"]["steps"] if step.get("name") == "headcount run"]
    (tmp_path / "headcount").write_text(f"#!/bin/sh\nexit {status}\n")
    (tmp_path / "headcount").chmod(0o755)
    machine = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(["bash", "-e", "-c", step], env=machine, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[: len(said) or None]) == (ends, said)


# ---------------------------------------------------------------------------------------------------------- containers

CONTAINERFILE = (DEPLOY / "Containerfile").read_text()


def test_hadolint_has_nothing_to_complain_of() -> None:
    assert not faults("hadolint", str(DEPLOY / "Containerfile"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("USER 10001:10001", "USERS 10001"),
        ("python:3.13-slim-bookworm", "python"),
        ("WORKDIR /var/lib/headcount", "WORKDIR headcount"),
    ],
)
def test_a_containerfile_with_a_fault_is_caught(tmp_path: Path, old: str, new: str) -> None:
    assert faults("hadolint", spoilt(tmp_path, "Containerfile", old, new))


def test_an_image_holds_what_is_locked_and_runs_as_nobody_in_particular() -> None:
    installs = re.findall(r"pip install (.+)", CONTAINERFILE)
    assert ["--require-hashes -r /build/requirements-runtime.lock" in each for each in installs] == [True, False]
    assert "--no-deps --no-index" in installs[1]
    assert re.findall(r"^USER (\d+)", CONTAINERFILE, re.MULTILINE) == ["10001"]
    assert '"http://127.0.0.1:8000/healthz"' in CONTAINERFILE.replace("'", '"')
    assert 'ENTRYPOINT ["headcount"]' in CONTAINERFILE


# ---------------------------------------------------------------------------------------------------------- Kubernetes

KUBERNETES = str(DEPLOY / "kubernetes.yaml")


def things() -> dict[str, dict[str, Any]]:
    return {each["kind"]: each for each in YAML(typ="safe").load_all(DEPLOY / "kubernetes.yaml")}


def pods() -> list[dict[str, Any]]:
    found = things()
    job = found["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    return [job, found["Deployment"]["spec"]["template"]["spec"]]


def test_kubernetes_knows_every_field() -> None:
    assert not faults("kubernetes-validate", "--strict", KUBERNETES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("concurrencyPolicy: Forbid", "concurrencyPolicy: 5"),
        ("backoffLimit", "backOffLimit"),
        ("replicas: 1", "replicas: one"),
    ],
)
def test_a_field_that_kubernetes_does_not_know_is_caught(tmp_path: Path, old: str, new: str) -> None:
    assert faults("kubernetes-validate", "--strict", spoilt(tmp_path, "kubernetes.yaml", old, new))


def test_kubernetes_counts_hourly_one_run_at_a_time_and_repeats_none() -> None:
    spec = things()["CronJob"]["spec"]
    assert hourly(spec["schedule"])
    assert spec["concurrencyPolicy"] == "Forbid"
    assert spec["startingDeadlineSeconds"] < 3600
    assert spec["jobTemplate"]["spec"]["backoffLimit"] == 0


def unrestricted(pod: dict[str, Any]) -> list[str]:
    """What Kubernetes' own *restricted* standard asks for and a pod does not have."""
    around = pod["securityContext"]
    wanted = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    lacking = [name for name, value in wanted.items() if around.get(name) != value]
    for container in pod["containers"]:
        own = container.get("securityContext", {})
        inside = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}, "readOnlyRootFilesystem": True}
        lacking += [name for name, value in inside.items() if own.get(name) != value]
    return lacking


def test_pods_may_do_as_little_as_the_restricted_standard_lets_them() -> None:
    assert [unrestricted(pod) for pod in pods()] == [[], []]
    assert all(pod["automountServiceAccountToken"] is False for pod in pods())


def test_a_pod_that_may_do_more_is_caught() -> None:
    pod = pods()[0]
    del pod["containers"][0]["securityContext"]["capabilities"]
    pod["securityContext"]["runAsNonRoot"] = False
    assert unrestricted(pod) == ["runAsNonRoot", "capabilities"]


def test_keys_are_given_to_what_asks_the_platforms_and_to_nobody_else() -> None:
    given = [[each.get("envFrom") for each in pod["containers"]] for pod in pods()]
    assert given == [[[{"secretRef": {"name": "headcount-keys"}}]], [None]]


def test_what_is_written_lies_on_the_claimed_volume() -> None:
    claim = things()["PersistentVolumeClaim"]["metadata"]["name"]
    for pod in pods():
        volumes = {each["name"]: each for each in pod["volumes"]}
        mounts = {each["mountPath"]: each["name"] for each in pod["containers"][0]["volumeMounts"]}
        assert volumes[mounts["/var/lib/headcount"]]["persistentVolumeClaim"] == {"claimName": claim}
        assert mounts.keys() == {"/etc/headcount", "/var/lib/headcount", "/tmp"}


def test_the_service_leads_to_what_serves() -> None:
    found = things()
    assert found["Service"]["spec"]["selector"] == found["Deployment"]["spec"]["template"]["metadata"]["labels"]


@pytest.mark.parametrize(("status", "ends"), [(0, 0), (1, 0), (2, 2), (3, 3), (4, 0)])
def test_a_job_of_kubernetes_fails_for_what_somebody_must_mend(tmp_path: Path, status: int, ends: int) -> None:
    (container,) = pods()[0]["containers"]
    (tmp_path / "headcount").write_text(f"#!/bin/sh\nexit {status}\n")
    (tmp_path / "headcount").chmod(0o755)
    done = subprocess.run(container["command"], env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, check=False)
    assert done.returncode == ends
