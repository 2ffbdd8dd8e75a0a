"""Opens an object store by its URL, with options as obstore knows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from obstore.exceptions import UnknownConfigurationKeyError
from obstore.store import HTTPStore, LocalStore, from_url

from headcount.errors import DeliveryError
from headcount.publish.delivery.bucket import Bucket
from headcount.publish.delivery.faults import explained
from headcount.publish.delivery.headers import Encoding
from headcount.publish.delivery.route import Route

_OF_THE_CLIENT = frozenset({
    "allow_http", "allow_invalid_certificates", "connect_timeout", "default_content_type", "http1_only",
    "http2_keep_alive_interval", "http2_keep_alive_timeout", "http2_keep_alive_while_idle", "http2_max_frame_size",
    "http2_only", "pool_idle_timeout", "pool_max_idle_per_host", "proxy_ca_certificate", "proxy_excludes", "proxy_url",
    "randomize_addresses", "read_timeout", "root_certificate", "timeout", "user_agent",
})  # fmt: skip
"""The options that say how the store is reached; obstore takes them apart from those of the store."""
_PREFIXES = ("aws_", "google_", "azure_")

_PATIENCE = {"connect_timeout": timedelta(seconds=5), "timeout": timedelta(seconds=60)}
"""For one request."""
_RETRIES: Any = {
    "max_retries": 4,
    "retry_timeout": timedelta(seconds=60),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=5), "base": 2},
}
"""No request is tried again after a minute, so that none takes more than two."""


def open_bucket(
    url: str, options: Mapping[str, str], encoding: Encoding = "gzip", route: Route | None = None
) -> Bucket:
    """The bucket of that URL (`s3://`, `gs://`, `az://` and obstore's other ways to write one). Nothing is sent yet.

    Raises:
        DeliveryError: where the URL or an option is none that obstore knows.
    """
    config, told = _parted(options)
    client: Any = {**_PATIENCE, **(route.client() if route else {}), **_plain(options), **told}
    with explained(url):
        try:
            store = from_url(url, config=config, client_options=client, retry_config=_RETRIES)
        except UnknownConfigurationKeyError as error:
            raise DeliveryError(f"{url}: {str(error).partition('.')[0]}: see [publish.NAME.options]") from None
    if isinstance(store, HTTPStore | LocalStore):
        raise DeliveryError(f'{url} is no object store; to = "s3://bucket/path", gs:// or az://, or a folder\'s path')
    return Bucket(store, url, encoding)


def _parted(options: Mapping[str, str]) -> tuple[Any, dict[str, str]]:
    """The options of the store, and those of the client."""
    told = {name: _bare(name) for name in options if _bare(name) in _OF_THE_CLIENT}
    store = {name: value for name, value in options.items() if name not in told}
    return store, {bare: options[name] for name, bare in told.items()}


def _plain(options: Mapping[str, str]) -> dict[str, str]:
    """Whoever names an endpoint without encryption means it."""
    endpoints = (value for name, value in options.items() if _bare(name) in {"endpoint", "endpoint_url"})
    return {"allow_http": "true"} if any(value.startswith("http://") for value in endpoints) else {}


def _bare(name: str) -> str:
    """An option without the prefix that tells whose it is."""
    low = name.lower()
    return next((low.removeprefix(prefix) for prefix in _PREFIXES if low.startswith(prefix)), low)
