"""Finds the data that a page embeds, without parsing the page.

Everything works on bytes and begins with a literal that `bytes.find` looks for, so that a page of a megabyte costs about
as much as looking at it once. A key is found as `"key"`, followed by a colon: inside a JSON string its quotes would be
escaped, so text that people write is never taken for structure. A page larger than `strict.LONGEST` has changed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from headcount.errors import ShapeChanged
from headcount.platforms.kit.strict import bound

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|"|[{}\[\]]', re.DOTALL)
_ASSIGNED = re.compile(rb"""(?:["']\])?\s*=\s*(?=\{)""")
_ATTRIBUTE = re.compile(rb"""(?<![a-zA-Z:_-])([a-zA-Z:_-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_TAG_END = re.compile(rb"""(?:"[^"]*+"|'[^']*+'|[^'">])*+>""")
_SCRIPT = re.compile(rb"<script\b[^>]{0,500}>")
_OPENS = re.compile(rb"\s*:\s*(?=[{\[])")
_ENDED = re.compile(r"trailing characters \(byte (?P<end>[0-9]+)\)")
"""As msgspec says where a value was whole before the text was; it has read one byte more by then."""
_OPENING = re.compile(rb"<(!--|title\b|script\b|style\b|meta\b)", re.IGNORECASE)
_CLOSING = {b"!--": b"-->", b"title": b"</title", b"script": b"</script", b"style": b"</style"}
_LONGEST_TAG = 20_000
_MOST_TAGS = 300
_MOST_OPENINGS = 20_000
"""Of comments, titles, scripts and tags, among which `<meta>` tags are looked for."""
_FEW_TAGS = 50
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
    return _read(page, key, _under(page, key))


def _read(page: bytes, key: str, starts: Iterable[int]) -> Iterator[bytes]:
    left, last = len(page) + _MORE_TO_READ, b""
    for start in starts:
        # On a timeline the same object stands again and again, and comparing costs less than reading.
        found = last if last and page.startswith(last, start) else value(page, start)
        last = found or last
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
    return _read(page, key, _in_scripts(page, "data-sjs", _under(page, key)))


def _in_scripts(page: bytes, marker: str, places: Iterable[int]) -> Iterator[int]:
    """Those of some places, in ascending order, that lie in a script whose opening tag holds `marker`."""
    opened, seen = -1, 0
    for place in places:
        opened = max(opened, page.rfind(b"<script", seen, place))
        if opened >= 0 and page.find(b"</script", max(opened, seen), place) >= 0:
            opened = -1
        seen = place
        tag = _SCRIPT.match(page, opened) if opened >= 0 else None
        if tag and marker.encode() in tag[0]:
            yield place


def assigned(page: bytes, name: str) -> bytes | None:
    """The JSON object that a script assigns to `name` (`var name = {...}` or `window["name"] = {...}`)."""
    start = assigned_at(page, name)
    return None if start is None else value(page, start)


def assigned_at(page: bytes, name: str) -> int | None:
    """Where that object begins."""
    places = (at + len(name) for at in _places(page, name.encode()))
    starts = (opening.end() for place in places if (opening := _ASSIGNED.match(page, place)))
    return next(_in_scripts(page, "", starts), None)


def script(page: bytes, marker: str) -> bytes | None:
    """The text of the first script whose opening tag holds `marker` (`id="__NEXT_DATA__"`)."""
    at = next(_places(page, marker.encode()), -1)
    opening = _SCRIPT.match(page, max(0, page.rfind(b"<script", 0, at))) if at >= 0 else None
    if opening is None or opening.end() <= at:
        return next(scripts(page, marker), None)
    end = _closing(page, opening.end())
    return page[opening.end() : end] if end >= 0 else None


def scripts(page: bytes, marker: str = "") -> Iterator[bytes]:
    """The text of every script whose opening tag holds `marker`; one that is cut short is left out."""
    bound(page)
    at = page.find(b"<script")
    while at >= 0:
        opening, end = _SCRIPT.match(page, at), _closing(page, at)
        if end < 0:
            return
        if opening and marker.encode() in opening[0]:
            yield page[opening.end() : end]
        at = page.find(b"<script", end)


def _closing(page: bytes, at: int) -> int:
    """Where the script ends, or -1. Data seldom hold a `<`, and one byte is found ten times sooner than eight."""
    for _ in range(_FEW_TAGS):
        at = page.find(b"<", at)
        if at < 0 or page.startswith(b"</script", at):
            return at
        at += 1
    return page.find(b"</script", at)


def meta(page: bytes, name: str) -> str | None:
    """The content of the first whole `<meta>` whose property, name or itemprop is `name`, unescaped."""
    wanted = name.encode()
    for start in islice(_metas(page), _MOST_TAGS):
        attributes = _attributes(page, start, wanted)
        if wanted in (attributes.get(b"property"), attributes.get(b"name"), attributes.get(b"itemprop")):
            return html.unescape(attributes.get(b"content", b"").decode("utf-8", "replace"))
    return None


def _metas(page: bytes) -> Iterator[int]:
    """Where the tags begin that are tags: none of a comment, a title or a script."""
    bound(page)
    at = 0
    for _ in range(_MOST_OPENINGS):
        found = _OPENING.search(page, at)
        if not found:
            return
        if found[1].lower() not in _CLOSING:
            yield found.start()
        at = page.find(_CLOSING.get(found[1].lower(), b""), found.end())
        if at < 0:
            return


def language(page: bytes) -> str:
    """The language that the page says it is in (`en-US`), or an empty string."""
    match = re.search(rb"""<html[^>]{0,500}?\slang\s*=\s*["']([A-Za-z_-]{2,12})["']""", page[:5000])
    return match[1].decode() if match else ""


def _attributes(page: bytes, start: int, wanted: bytes) -> dict[bytes, bytes]:
    """Those of a whole tag in which a name stands: of many tags on a page, one is about it."""
    tag = _TAG_END.match(page, start, start + _LONGEST_TAG)
    if not tag or wanted not in tag[0]:
        return {}
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(tag[0])}


def _under(page: bytes, key: str) -> Iterator[int]:
    """Where the objects and arrays begin that stand under `key`."""
    quoted = f'"{key}"'.encode()
    for at in _places(page, quoted):
        if opening := _OPENS.match(page, at + len(quoted)):
            yield opening.end()


def _places(page: bytes, text: bytes) -> Iterator[int]:
    bound(page)
    at = page.find(text)
    while at >= 0:
        yield at
        at = page.find(text, at + len(text))


def value(page: bytes, start: int) -> bytes | None:
    """The text of the object or array that opens at `start`, or None where it never ends.

    A parser tells its end 20 times sooner than brackets, where it is JSON.
    """
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
