"""What the tests of fetching share."""

from __future__ import annotations

import shutil

import pytest
from tests.net.certificates import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Signs certificates that nobody trusts but who is told to."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl command: TLS is not tested")
    return Authority(tmp_path_factory.mktemp("authority"))
