"""Which origins' pages may read a bucket: set for S3 and its like, and said for the others."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any

import obstore
from obstore.store import AzureStore, HTTPStore, LocalStore, MemoryStore, S3Store

from headcount.errors import DeliveryError
from headcount.publish.delivery.boto import Client, s3_client
from headcount.publish.delivery.bucket import Bucket
from headcount.publish.delivery.faults import explained, meaning_of
from headcount.publish.delivery.route import Route

METHODS = ["GET", "HEAD"]
EXPOSED = ["ETag", "Content-Length", "Content-Encoding", "Content-Type", "Last-Modified"]
MAX_AGE = 3600
"""Seconds for which a browser keeps the answer to a preflight."""

_NONE_YET = "NoSuchCORSConfiguration"
_ONLY_S3 = "CORS is set from here on S3 and its like only. Run this instead, then `headcount doctor`:"


def allow(bucket: Bucket, origins: Sequence[str], route: Route) -> None:
    """Let pages of these origins read the bucket. Rules that others have set there stay.

    Raises:
        DeliveryError: where it cannot be set from here; the sentence says what to do instead.
    """
    if not isinstance(bucket.store, S3Store):
        raise DeliveryError(f"{bucket.address}: {_ONLY_S3}\n{by_hand(bucket, origins)}")
    try:
        client, errors = s3_client(bucket.store, route), import_module("botocore.exceptions")
    except ImportError:
        raise DeliveryError("setting a bucket's CORS needs boto3: pip install 'headcount[s3]'") from None
    try:
        _set(client, bucket.store, origins)
    except errors.ClientError as error:
        what = meaning_of(str(error.response["Error"].get("Code", "")))
        raise DeliveryError(f"{bucket.address}: its CORS could not be set: {what}") from None
    except errors.BotoCoreError as error:
        raise DeliveryError(f"{bucket.address}: its CORS could not be set ({type(error).__name__})") from None


def object_url(bucket: Bucket, name: str) -> str:
    """Where a file of the bucket is for the public, as the store itself calls it."""
    if isinstance(bucket.store, HTTPStore | LocalStore | MemoryStore):
        raise DeliveryError(f"{bucket.address} has no URLs")
    with explained(bucket.address):
        return obstore.sign(bucket.store, "GET", name, timedelta(minutes=1)).partition("?")[0]


def by_hand(bucket: Bucket, origins: Sequence[str]) -> str:
    """The command of the vendor's own tool that does the same."""
    if isinstance(bucket.store, AzureStore):
        account = bucket.store.config.get("account_name", "ACCOUNT")
        return (
            f"az storage cors add --account-name {shlex.quote(account)} --services b --methods {' '.join(METHODS)} "
            f"--origins {shlex.join(origins)} --allowed-headers '*' --exposed-headers {','.join(EXPOSED)} --max-age {MAX_AGE}"
        )
    rules = [{"origin": list(origins), "method": METHODS, "responseHeader": EXPOSED, "maxAgeSeconds": MAX_AGE}]
    name = shlex.quote(f"gs://{bucket.name}")
    return (
        f"echo {shlex.quote(json.dumps(rules))} > cors.json\ngcloud storage buckets update {name} --cors-file=cors.json"
    )


def _set(client: Client, store: S3Store, origins: Sequence[str]) -> None:
    bucket, ours = store.config["bucket"], f"headcount {store.prefix or ''}".strip()
    rule = {
        "ID": ours,
        "AllowedOrigins": list(origins),
        "AllowedMethods": METHODS,
        "AllowedHeaders": ["*"],
        "ExposeHeaders": EXPOSED,
        "MaxAgeSeconds": MAX_AGE,
    }
    others = [each for each in _rules(client, bucket) if each.get("ID") != ours]
    client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [*others, rule]})


def _rules(client: Client, bucket: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = client.get_bucket_cors(Bucket=bucket)["CORSRules"]
    except client.exceptions.ClientError as error:
        if error.response["Error"].get("Code") != _NONE_YET:
            raise
        return []
    return found
