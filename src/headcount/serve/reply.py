"""A document as it is sent: packed as the client takes it, in part, or not at all where the client has it already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

from headcount.serve.conditions import Part, has, part
from headcount.serve.document import Described, Document, Whole
from headcount.serve.packing import IDENTITY, chosen

AnyRequest = Request[Any, Any, Any]
Reply = Response[Any]


def sent(request: AnyRequest, name: str) -> str:
    """All that a request says under a name."""
    return ", ".join(request.headers.getall(name, []))


async def reply(request: AnyRequest, document: Document, packed: bool = True) -> Reply:
    """A document, as this client takes it; `packed`: packed, if it takes that."""
    encoding = chosen(sent(request, "accept-encoding")) if packed else IDENTITY
    headers = headers_of(document)
    for tag in (document.tag(encoding), document.tag(IDENTITY)):
        if has(sent(request, "if-none-match"), tag):
            return not_modified(headers, tag)
    body = await document.body(encoding)
    headers["ETag"] = document.tag(body.encoding)
    if body.encoding != IDENTITY:
        headers["Content-Encoding"] = body.encoding
    return Response(body.content, headers=headers)


async def reply_in_part(request: AnyRequest, document: Whole, packed: bool) -> Reply:
    """A document, or the part of it that is asked for; parts are never packed."""
    wanted = wanted_part(request, document.tag(IDENTITY), len(document.content))
    if wanted is None:
        answer = await reply(request, document, packed)
    else:
        content = document.content[wanted.first : wanted.last + 1]
        answer = Response(content, status_code=206, headers=headers_of_part(document, wanted))
    answer.headers["Accept-Ranges"] = "bytes"
    return answer


def not_modified(headers: Mapping[str, str], tag: str) -> Reply:
    """Said to a client that has it already."""
    return Response(b"", status_code=304, headers={**headers, "ETag": tag})


def wanted_part(request: AnyRequest, tag: str, size: int) -> Part | None:
    """The part that is asked for, of what the client has the rest of.

    Raises:
        Problem: where nothing of it is there.
    """
    if sent(request, "if-range") not in {"", tag} or sent(request, "if-none-match"):
        return None
    return part(sent(request, "range"), size)


def headers_of(document: Described) -> dict[str, str]:
    """What is said of a document, whatever becomes of it."""
    return {"Content-Type": document.media, "Cache-Control": document.cache_control, "Vary": "Accept-Encoding"}


def headers_of_part(document: Whole, wanted: Part) -> Mapping[str, str]:
    """What is said of a part of it."""
    return {**headers_of(document), "ETag": document.tag(IDENTITY), "Content-Range": str(wanted)}
