"""What lies in a bucket and in a folder, laid side by side."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq

from tests.buckets.endpoint import Endpoint

ROOT = "so/cial/"


def in_bucket(endpoint: Endpoint) -> dict[str, bytes]:
    """Every file as everyone gets it, plain, by its path."""
    assert all(name.startswith(ROOT) for name in endpoint.names())
    return {name: plain(endpoint, name) for name in sorted(each.removeprefix(ROOT) for each in endpoint.names())}


def plain(endpoint: Endpoint, name: str) -> bytes:
    headers, content = endpoint.fetch(quote(name))
    return gzip.decompress(content) if headers["Content-Encoding"] == "gzip" else content


def in_folder(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def versions(endpoint: Endpoint) -> dict[str, str]:
    """What the store calls the version of each object."""
    found = endpoint.boto().list_objects_v2(Bucket=endpoint.bucket)
    return {each["Key"].removeprefix(ROOT): each["ETag"] for each in found["Contents"]}


def copied(endpoint: Endpoint, folder: Path) -> Path:
    """A copy of everything, as somebody would download it."""
    for name, content in in_bucket(endpoint).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def naming(folder: Path, word: str) -> set[str]:
    """The files of a copy in whose path or content a word stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix() for path in files if word in f"{path} {text(path)}"}


def text(path: Path) -> str:
    return str(pq.ParquetFile(path).read().to_pylist()) if path.suffix == ".parquet" else path.read_text()
