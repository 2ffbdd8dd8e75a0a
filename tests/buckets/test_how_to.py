"""The how-to's configurations are understood, and its policy is what the how-to says that it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from headcount.pipeline.publishing.buckets import bucket
from headcount.settings import load

TEXT = (Path(__file__).parent.parent.parent / "docs" / "how-to" / "publish-to-a-bucket.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("toml", blocks("toml"))
def test_every_configuration_of_the_how_to_opens_a_bucket(tmp_path: Path, toml: str) -> None:
    account = {"type": "authorized_user", "client_id": "a", "client_secret": "b", "refresh_token": "c"}
    for name, content in (("bucket.key", "secret"), ("service-account.json", json.dumps(account))):
        (tmp_path / name).write_text(content)
        (tmp_path / name).chmod(0o600)
    file = tmp_path / "headcount.toml"
    file.write_text(toml.replace("/etc/headcount", str(tmp_path)))
    settings = load(file, {"HEADCOUNT_BUCKET_SECRET": "secret", "HEADCOUNT_BUCKET_KEY": "aGVsbG8="})
    assert bucket(settings, settings.targets[0]).name == "energy2"


def test_there_is_one_for_each_kind_of_store() -> None:
    assert [re.search(r'to = "(\w+)://', toml)[1] for toml in blocks("toml")] == ["s3", "s3", "gs", "az"]  # type: ignore[index]  # each has one


def test_the_policy_gives_the_rights_that_are_used_and_no_others() -> None:
    (policy,) = map(json.loads, blocks("json"))
    allowed = {action for statement in policy["Statement"] for action in statement["Action"]}
    assert allowed == {
        "s3:ListBucket", "s3:GetBucketCORS", "s3:PutBucketCORS",
        "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload",
    }  # fmt: skip
