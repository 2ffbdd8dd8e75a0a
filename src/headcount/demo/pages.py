"""Pages as a platform sends them: data in scripts, a notice that the counts are made up, and as much ballast as asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from html import escape

import msgspec

from headcount.demo.calls import Response

NOTICE = "<p>Simulated by headcount's demo server: every count here is made up.</p>"


def page(head: str, *body: str | bytes, status: int = 200) -> Response:
    """A page in English that says that it is simulated."""
    begin = f'<!DOCTYPE html>\n<html lang="en"><head>\n{head}\n</head><body>\n{NOTICE}'
    parts = (part.encode() if isinstance(part, str) else part for part in (begin, *body, "</body></html>\n"))
    return Response(b"\n".join(parts), status, {"content-type": "text/html; charset=utf-8"})


def meta(content: Mapping[str, str]) -> str:
    """A `<meta property>` a line."""
    return "\n".join(f'<meta property="{name}" content="{escape(text)}" />' for name, text in content.items())


def script(value: object, attributes: str = "", prefix: str = "", suffix: str = "") -> bytes:
    """A script that holds a value: `<script ATTRIBUTES>PREFIX{...}SUFFIX</script>`; bytes, for it may be a megabyte."""
    data = msgspec.json.encode(value).replace(b"<", b"\\u003c")
    return b"".join((f"<script {attributes}>{prefix}".encode(), data, f"{suffix}</script>".encode()))


@cache
def ballast(size: int) -> msgspec.Raw:
    """A JSON array of about `size` bytes, of what fills real pages: ids, titles, numbers of other things."""
    items = [_item(number) for number in range(max(0, size) // len(_item(1000)))]
    return msgspec.Raw(b"[" + b",".join(items) + b"]")


def _item(number: int) -> bytes:
    digest = blake2b(number.to_bytes(8), digest_size=18).hexdigest()
    views = int(digest[:5], 16)
    return msgspec.json.encode(
        {
            "videoRenderer": {
                "videoId": digest[:11],
                "title": {"runs": [{"text": f"Episode {number}: what {digest[11:17]} taught us"}]},
                "viewCountText": {"simpleText": f"{views:,} views"},
                "trackingParams": digest,
            }
        }
    )
