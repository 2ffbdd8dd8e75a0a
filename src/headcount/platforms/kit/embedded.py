"""Finds the data that a page embeds, without parsing the page.

Everything works on bytes and begins with a literal that `bytes.find` looks for, so that a page of a megabyte costs about
as much as looking at it once. A key is found as `"key"`, followed by a colon: inside a JSON string its quotes would be escaped, so text that people write is never taken
for structure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from headcount.errors import ShapeChanged

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|"|[{}\[\]]', re.DOTALL)
_ASSIGNED = re.compile(rb"""(?:["']\])?\s*=\s*(?=\{)""")
_ATTRIBUTE = re.compile(rb"""([a-zA-Z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG_END = re.compile(rb"""(?:"[^"]*+"|'[^']*+'|[^'">])*+>""")
_SCRIPT = re.compile(rb"<script\b[^>]{0,500}>")
_OPENS = re.compile(rb"\s*:\s*(?=[{\[])")
_ENDED = re.compile(r"trailing characters \(byte (?P<end>[0-9]+)\)")
"""As msgspec says where a value was whole before the text was; it has read one byte more by then."""
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
    for start in _under(page, key):
        found = _value(page, start)
        left -= len(page) - start if found is None else len(found)
        if left < 0:
            raise ShapeChanged(f"a page with too many values of {key!r} that lie in one another or never end")
        if found is not None:
            yield found


def only(page: bytes, key: str) -> bytes | None:
    """The one object or array that stands under `key`, or None.

    Raises:
        ShapeChanged: where there are several that differ.
    """
    found = dict.fromkeys(values(page, key))
    if len(found) > 1:
        raise ShapeChanged(f"{len(found)} values of {key!r}, where there was one")
    return next(iter(found), None)


def data(page: bytes, key: str) -> Iterator[bytes]:
    """The same, of the scripts that hold data only (`data-sjs`): what people wrote elsewhere on the page is not looked at."""
    for text in scripts(page, "data-sjs"):
        yield from values(text, key)


def assigned(page: bytes, name: str) -> bytes | None:
    """The JSON object that a script assigns to `name` (`var name = {...}` or `window["name"] = {...}`)."""
    text = assignment(page, name)
    return None if text is None else _value(text, 0)


def assignment(page: bytes, name: str) -> bytes | None:
    """The same, with whatever follows it in its script, and not looked at more closely."""
    for at in _places(page, name.encode()):
        opening = _ASSIGNED.match(page, at + len(name))
        end = page.find(b"</script", at)
        if opening and end >= 0 and page.rfind(b"<script", 0, at) > page.rfind(b"</script", 0, at):
            return page[opening.end() : end]
    return None


def script(page: bytes, marker: str) -> bytes | None:
    """The text of the first script whose opening tag holds `marker` (`id="__NEXT_DATA__"`)."""
    return next(scripts(page, marker), None)


def scripts(page: bytes, marker: str = "") -> Iterator[bytes]:
    """The text of every script whose opening tag holds `marker`; one that is cut short is left out."""
    at = page.find(b"<script")
    while at >= 0:
        opening, end = _SCRIPT.match(page, at), page.find(b"</script", at)
        if end < 0:
            return
        if opening and marker.encode() in opening[0]:
            yield page[opening.end() : end]
        at = page.find(b"<script", end)


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


def _under(page: bytes, key: str) -> Iterator[int]:
    """Where the objects and arrays begin that stand under `key`."""
    quoted = f'"{key}"'.encode()
    for at in _places(page, quoted):
        if opening := _OPENS.match(page, at + len(quoted)):
            yield opening.end()


def _places(page: bytes, text: bytes) -> Iterator[int]:
    at = page.find(text)
    while at >= 0:
        yield at
        at = page.find(text, at + len(text))


def _value(page: bytes, start: int) -> bytes | None:
    """The object or array that opens at `start`: a parser tells its end 20 times sooner than brackets, where it is JSON."""
    rest = memoryview(page)[start:]
    try:
        msgspec.json.decode(rest, type=msgspec.Raw)
    except RecursionError:
        return None
    except msgspec.DecodeError as error:
        ended = _ENDED.search(str(error))
        return page[start : start + int(ended["end"]) - 1].rstrip() if ended else _balanced(page, start)
    return bytes(rest)


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
