"""Real S3 servers on loopback: Ceph, as a real one, and moto, for what AWS does. Each test gets a bucket of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from headcount.publish import tables
from tests.buckets import aws, ceph
from tests.buckets.endpoint import Endpoint
from tests.buckets.village import Village
from tests.system.conftest import demo

__all__ = ["demo"]

SERVERS = ["ceph", "aws"]
COMPARED = {"all_social_data.csv", "TABLE.csv", "accounts.csv", "readings/", "latest.json", "series/"}


@pytest.fixture(scope="session")
def ceph_server() -> Iterator[Endpoint]:
    found = ceph.root()
    if found is None:
        complaint = "no Ceph here: `make ceph` fetches it; publishing to a bucket is tested on moto only"
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    with ceph.server(found) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def aws_server() -> Iterator[Endpoint]:
    with aws.server() as endpoint:
        yield endpoint


@pytest.fixture
def on_ceph(ceph_server: Endpoint) -> Endpoint:
    return ceph_server.with_bucket()


@pytest.fixture
def on_aws(aws_server: Endpoint) -> Endpoint:
    return aws_server.with_bucket()


@pytest.fixture(params=SERVERS)
def on(request: pytest.FixtureRequest) -> Endpoint:
    """A bucket of each server in turn."""
    endpoint = request.getfixturevalue(f"on_{request.param}")
    assert isinstance(endpoint, Endpoint)
    return endpoint


@pytest.fixture
def village(on_ceph: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    """An installation that publishes to Ceph. It does not wait for the disk: power cuts are the matter of `test_folder`."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    here = Village(tmp_path / "village", on_ceph)
    yield here
    here.store.close()


@pytest.fixture
def few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those in which the number stands: what the others cost is no matter of a reader's."""
    few = [output for output in tables.OUTPUTS if output.pattern in COMPARED]
    assert len(few) == len(COMPARED)
    monkeypatch.setattr(tables, "OUTPUTS", few)
