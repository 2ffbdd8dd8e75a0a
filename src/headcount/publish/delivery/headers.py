"""What a bucket says about each file: its type, how long it may be kept by caches, and how it is encoded."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

Encoding = Literal["gzip", "identity"]

_TEXTS = {
    ".atom": "application/atom+xml",
    ".csv": "text/csv; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
_OTHERS = {
    ".ico": "image/vnd.microsoft.icon",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_UNKNOWN = "application/octet-stream"

FOR_EVER = "public, max-age=31536000, immutable"
"""For what lies under `gen/`: its path changes with its content."""
FOR_A_MINUTE = "public, max-age=60, must-revalidate"
"""For the fixed names and the pointer."""


def headers(name: str, encoding: Encoding) -> dict[str, str]:
    """The headers with which a file is stored, and served."""
    suffix = PurePosixPath(name).suffix
    said = {
        "Content-Type": (_TEXTS | _OTHERS).get(suffix, _UNKNOWN),
        "Cache-Control": FOR_EVER if name.startswith("gen/") else FOR_A_MINUTE,
    }
    return said | ({"Content-Encoding": "gzip"} if is_packed(name, encoding) else {})


def is_packed(name: str, encoding: Encoding) -> bool:
    """Whether a file is stored as gzip: texts are, unless the target wants everything as it is."""
    return encoding == "gzip" and PurePosixPath(name).suffix in _TEXTS
