"""The web on one side, plain values on the other: what turns a request into a `Call`, and a `Response` into bytes."""

from __future__ import annotations

from aiohttp import web
from aiohttp.web_response import ContentCoding
from msgspec import Struct, structs
from multidict import MultiMapping

from headcount.clock import Clock
from headcount.demo.calls import Call, Response
from headcount.demo.contract import Route
from headcount.demo.faults import Faults
from headcount.demo.windows import Windows
from headcount.demo.world import World
from headcount.net.message import SIMULATED

UNCHANGED = 304
"""Nothing has changed since: limits do not count it."""

SMALL = 500
"""Bytes that are not worth compressing."""


class Responder(Struct, frozen=True):
    """Answers one route."""

    base: str
    """Where its platform is: `/twitter`."""
    route: Route
    world: World
    faults: Faults
    refusal: Response | None
    """What everything is answered with, where `faults` name it."""
    clock: Clock
    windows: Windows

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer, late or only in part where that is the fault."""
        if self.faults.latency:
            await self.clock.sleep(self.faults.latency)
        response = self._response(await self._call(request))
        return _whole(request, response) if self.faults.cut is None else await _cut(request, response, self.faults.cut)

    async def _call(self, request: web.Request) -> Call:
        host = request.match_info.get("host", self.route.host)
        headers = {name.lower(): value for name, value in request.headers.items()}
        return Call(f"{self.base}/{host}", request.match_info, _joined(request.query), await _form(request), headers)

    def _response(self, call: Call) -> Response:
        return self.refusal or self._trouble() or self.route.admit(call) or self._counted(call)

    def _trouble(self) -> Response | None:
        if self.faults.status is None:
            return None
        wait = self.faults.retry_after
        return Response(b"Simulated trouble\n", self.faults.status, {} if wait is None else {"retry-after": str(wait)})

    def _counted(self, call: Call) -> Response:
        limit, answer = self.route.limit, _unless_known(call, self.route.answer(call, self.world))
        if limit is None:
            return answer
        usage = self.windows.spend(limit, call, free=answer.status == UNCHANGED)
        response = limit.refused if usage.used > limit.amount else answer
        return structs.replace(response, headers={**response.headers, **limit.tell(usage)})


def _unless_known(call: Call, answer: Response) -> Response:
    """The answer, or that nothing has changed, where the caller names its ETag."""
    tag = answer.headers.get("etag")
    return Response(b"", UNCHANGED, {"etag": tag}) if tag and tag == call.headers.get("if-none-match") else answer


async def mark(request: web.Request, response: web.StreamResponse) -> None:
    """Whatever is sent, errors and all, says that it is simulated, and no Date: its time is made up, and may be anybody's."""
    response.headers[SIMULATED] = "yes"
    response.headers.pop("date", None)


def _whole(request: web.Request, response: Response) -> web.Response:
    sent = web.Response(body=response.body, status=response.status, headers=response.headers)
    if len(response.body) > SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        sent.enable_compression(ContentCoding.gzip)
    return sent


async def _cut(request: web.Request, response: Response, after: int) -> web.StreamResponse:
    """Promise the whole body, and break off."""
    sent = web.StreamResponse(status=response.status, headers=response.headers)
    sent.content_length = len(response.body)
    await sent.prepare(request)
    await sent.write(response.body[:after])
    if request.transport:
        request.transport.close()
    return sent


async def _form(request: web.Request) -> dict[str, str]:
    """The texts of a form."""
    if request.method != "POST":
        return {}
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _joined(query: MultiMapping[str]) -> dict[str, str]:
    """Each name once, its values joined by commas."""
    return {name: ",".join(query.getall(name)) for name in query}
