"""What the tests of fetching share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache

import pytest

from headcount.net import client, session
from tests.net.certificates import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Signs certificates that nobody trusts but who is told to."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl command: TLS is not tested")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session", autouse=True)
def certificates_are_read_once() -> Iterator[None]:
    """The system's certificates take longer to read than most of these tests take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "trusted", cache(session.trusted))
        yield
