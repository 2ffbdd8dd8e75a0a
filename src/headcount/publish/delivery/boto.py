"""boto3's client of a store that obstore has opened: the same endpoint and credentials."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any, TypeAlias

from obstore.store import S3Store

from headcount.publish.delivery.route import Route

Client: TypeAlias = Any
"""boto3 makes the types of its clients as it runs."""

_TRUE = ("true", "1", "yes", "y", "on")


def s3_client(store: S3Store, route: Route) -> Client:
    """A client for the same bucket. What the options do not say, boto3 takes from the environment as obstore does.

    Raises:
        ImportError: where boto3 is not installed.
    """
    given: Mapping[str, Any] = dict(store.config)
    how = import_module("botocore.config").Config(
        connect_timeout=5,
        read_timeout=30,
        retries={"max_attempts": 3},
        proxies={"http": route.proxy, "https": route.proxy} if route.proxy else None,
        s3={"addressing_style": "virtual" if _is_virtual(given) else "path"},
    )
    return import_module("boto3").client(
        "s3",
        endpoint_url=_endpoint(given),
        region_name=_first(given, "region", "default_region")
        or _environment("AWS_REGION", "AWS_DEFAULT_REGION")
        or "us-east-1",
        aws_access_key_id=given.get("access_key_id"),
        aws_secret_access_key=given.get("secret_access_key"),
        aws_session_token=_first(given, "session_token", "token"),
        verify=str(route.certificates) if route.certificates else None,
        config=how,
    )


def _endpoint(given: Mapping[str, Any]) -> str | None:
    """Where the store is, without the bucket: obstore wants its name in the endpoint where it is part of the host."""
    endpoint = _first(given, "aws_endpoint_url_s3", "endpoint_url_s3", "endpoint") or _environment("AWS_ENDPOINT")
    return endpoint.replace(f"://{given['bucket']}.", "://", 1) if endpoint and _is_virtual(given) else endpoint


def _is_virtual(given: Mapping[str, Any]) -> bool:
    return str(given.get("virtual_hosted_style_request", "")).lower() in _TRUE


def _first(given: Mapping[str, Any], *names: str) -> str | None:
    return next((str(given[name]) for name in names if given.get(name)), None)


def _environment(*names: str) -> str | None:
    return _first(os.environ, *names)
