"""Where an S3 server of the tests is, and what they do there behind headcount's back."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from email.message import Message
from importlib import import_module
from itertools import count

from msgspec import Struct

from headcount.publish.delivery.boto import Client
from headcount.publish.delivery.bucket import Bucket
from headcount.publish.delivery.headers import Encoding
from headcount.publish.delivery.open import open_bucket

NUMBERS = count(1)
QUICKLY = import_module("botocore.config").Config(
    connect_timeout=5, read_timeout=30, retries={"max_attempts": 0}, s3={"addressing_style": "path"}
)


class Endpoint(Struct, frozen=True):
    """A server, and a bucket of it."""

    url: str
    key: str
    secret: str
    bucket: str = ""

    @property
    def to(self) -> str:
        return f"s3://{self.bucket}/so/cial"

    @property
    def options(self) -> dict[str, str]:
        return {
            "endpoint": self.url, "access_key_id": self.key, "secret_access_key": self.secret, "region": "us-east-1",
        }  # fmt: skip

    def open(self, encoding: Encoding = "gzip", options: Mapping[str, str] | None = None) -> Bucket:
        return open_bucket(self.to, self.options | dict(options or {}), encoding)

    def boto(self) -> Client:
        return import_module("boto3").client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
            config=QUICKLY,
        )

    def with_bucket(self) -> Endpoint:
        """The same server with a bucket of its own, which everyone may read."""
        name = f"bucket-{next(NUMBERS)}"
        client = self.boto()
        client.create_bucket(Bucket=name)
        everyone = {
            "Effect": "Allow",
            "Principal": {"AWS": ["*"]},
            "Action": ["s3:GetObject"],
            "Resource": [f"arn:aws:s3:::{name}/*"],
        }
        client.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [everyone]}))
        return Endpoint(self.url, self.key, self.secret, name)

    def through(self, url: str) -> Endpoint:
        """The same, with somebody in the middle."""
        return Endpoint(url, self.key, self.secret, self.bucket)

    def fetch(self, name: str, headers: Mapping[str, str] | None = None) -> tuple[Message, bytes]:
        """What everyone gets: the headers and the body as stored."""
        asked = urllib.request.Request(f"{self.url}/{self.bucket}/so/cial/{name}", headers=dict(headers or {}))
        with urllib.request.urlopen(asked, timeout=30) as reply:
            return reply.headers, reply.read()

    def names(self) -> set[str]:
        """Every object that lies in the bucket."""
        found = self.boto().list_objects_v2(Bucket=self.bucket)
        return {each["Key"] for each in found.get("Contents", [])}
