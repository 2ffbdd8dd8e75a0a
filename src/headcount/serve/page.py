"""The page that lists the published files, for people who look."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from headcount.publish.encode import stamp
from headcount.publish.printed import POINTER
from headcount.serve.stand import Shown

MEDIA = "text/html; charset=utf-8"

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<h1>{title}</h1>
<p>How many people follow each account, counted by headcount. An empty cell is a missing count, never zero.
Published {printed_at}. <a href="status.html">How the counting is</a>.
<h2>Files</h2>
<ul>
{files}
</ul>
<p><code>series/daily/ACCOUNT.csv</code> and <code>series/hourly/ACCOUNT/YEAR.csv</code> have the counts of one account each.
<h2>API</h2>
<ul>
{routes}
</ul>
</html>
"""
_ROUTES = ("v1/units", "v1/accounts", "v1/latest", "v1/health", "v1/runs", "v1/openapi.json")


def page(shown: Shown) -> bytes:
    """The page of an edition."""
    title = f"The social media audience of {shown.organization}"
    return _PAGE.format(
        title=escape(title),
        printed_at=stamp(shown.printed_at),
        files="\n".join(_line(name, f"{size:,} bytes") for name, size in _files(shown)),
        routes="\n".join(_line(name) for name in _ROUTES),
    ).encode()


def _files(shown: Shown) -> Iterator[tuple[str, int]]:
    yield POINTER, len(shown.pointer)
    yield from ((each.name, each.bytes) for each in shown.press.files.values() if each.in_set)


def _line(name: str, more: str = "") -> str:
    link = f'<a href="{escape(quote(name))}">{escape(name)}</a>'
    return f"<li>{link} {escape(more)}".rstrip()
