"""Finds the data that a page embeds, without parsing the page.

Everything works on bytes and begins with a literal, so that a page of a megabyte costs one scan. A key is found as
`"key"`, followed by a colon: inside a JSON string its quotes would be escaped, so text that people write is never taken
for structure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

import msgspec

from headcount.errors import ShapeChanged

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|"|[{}\[\]]', re.DOTALL)
_ATTRIBUTE = re.compile(rb"""([a-zA-Z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG_END = re.compile(rb"""(?:"[^"]*+"|'[^']*+'|[^'">])*+>""")
_SCRIPT = re.compile(rb"<script\b[^>]{0,500}>", re.IGNORECASE)
_OPENING = re.compile(rb"<(!--|title\b|script\b|style\b|meta\b)", re.IGNORECASE)
_CLOSING = {b"!--": b"-->", b"title": b"</title", b"script": b"</script", b"style": b"</style"}
_LONGEST_TAG = 20_000
_MOST_TAGS = 300
_DEEPEST = 1_000
"""Brackets in one another; JSON is not read more deeply either."""
_MORE_TO_READ = 500_000
"""Bytes that may be read twice, because values lie in one another or never end."""


def values(page: bytes, key: str) -> Iterator[bytes]:
    """The JSON text of every object or array that stands under `key`, in the order of the page.

    One that never ends, as on a page cut short, is left out.

    Raises:
        ShapeChanged: if so many lie in one another, or never end, that reading them all would take too long.
    """
    left = len(page) + _MORE_TO_READ
    for match in _under(key).finditer(page):
        found = _balanced(page, match.end())
        left -= len(page) - match.end() if found is None else len(found)
        if left < 0:
            raise ShapeChanged(f"a page with too many values of {key!r} that lie in one another or never end")
        if found is not None:
            yield found


def data(page: bytes, key: str) -> Iterator[bytes]:
    """The same, of the scripts that hold data only (`data-sjs`): what people wrote elsewhere on the page is not looked at."""
    for text in scripts(page, "data-sjs"):
        yield from values(text, key)


def assigned(page: bytes, name: str) -> bytes | None:
    """The JSON object that a script assigns to `name` (`var name = {...}` or `window["name"] = {...}`)."""
    for text in scripts(page):
        if match := _assignment(name).search(text):
            return _rest_of_script(text, match.end()) or _balanced(text, match.end())
    return None


def script(page: bytes, marker: str) -> bytes | None:
    """The text of the first script whose opening tag holds `marker` (`id="__NEXT_DATA__"`)."""
    return next(scripts(page, marker), None)


def scripts(page: bytes, marker: str = "") -> Iterator[bytes]:
    """The text of every script whose opening tag holds `marker`; one that is cut short is left out."""
    at = 0
    while opening := _SCRIPT.search(page, at):
        end = page.find(b"</script", opening.end())
        if end < 0:
            return
        if marker.encode() in opening[0]:
            yield page[opening.end() : end]
        at = end


def meta(page: bytes, name: str) -> str | None:
    """The content of the first whole `<meta>` whose property, name or itemprop is `name`, unescaped."""
    wanted = name.encode()
    for start in islice(_metas(page), _MOST_TAGS):
        attributes = _attributes(page, start)
        if wanted in (attributes.get(b"property"), attributes.get(b"name"), attributes.get(b"itemprop")):
            return html.unescape(attributes.get(b"content", b"").decode("utf-8", "replace"))
    return None


def _metas(page: bytes) -> Iterator[int]:
    """Where the tags begin that are tags: none of a comment, a title or a script."""
    at = 0
    while found := _OPENING.search(page, at):
        closing = _CLOSING.get(found[1].lower())
        if closing is None:
            yield found.start()
            at = found.end()
        elif (end := page.find(closing, found.end())) < 0:
            return
        else:
            at = end


def language(page: bytes) -> str:
    """The language that the page says it is in (`en-US`), or an empty string."""
    match = re.search(rb"""<html[^>]{0,500}?\slang\s*=\s*["']([A-Za-z_-]{2,12})["']""", page[:5000])
    return match[1].decode() if match else ""


def _attributes(page: bytes, start: int) -> dict[bytes, bytes]:
    tag = _TAG_END.match(page, start, start + _LONGEST_TAG)
    if not tag:
        return {}
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(tag[0])}


def _rest_of_script(page: bytes, start: int) -> bytes | None:
    """What stands from `start` to the end of the script, where that is one value: a parser tells 20 times sooner than brackets."""
    rest = page[start:].partition(b"</script")[0].rstrip(b"; \r\n")
    try:
        msgspec.json.decode(rest, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return None
    return rest


def _balanced(page: bytes, start: int) -> bytes | None:
    """The object or array that opens at `start`, to its own closing bracket."""
    depth = 0
    for token in _TOKEN.finditer(page, start):
        text = token[0]
        if text in (b"{", b"["):
            depth += 1
            if depth > _DEEPEST:
                return None
        elif text in (b"}", b"]"):
            depth -= 1
            if depth <= 0:
                return page[start : token.end()]
        elif text == b'"':
            return None
    return None


@cache
def _under(key: str) -> re.Pattern[bytes]:
    return re.compile(rb'"' + re.escape(key.encode()) + rb'"\s*:\s*(?=[{\[])')


@cache
def _assignment(name: str) -> re.Pattern[bytes]:
    return re.compile(re.escape(name.encode()) + rb"""(?:["']\])?\s*=\s*(?=\{)""")
