"""Real S3 servers on loopback: Ceph, as a real one, and moto, for what AWS does. Each test gets a bucket of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.buckets import aws, ceph
from tests.buckets.endpoint import Endpoint

SERVERS = ["ceph", "aws"]


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
