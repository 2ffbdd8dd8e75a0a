"""YouTube: `GET /youtube/v3/channels`, and the channel page behind its consent wall.

Fates: `hidden` has no subscriber count to show; `suspended` is left out of the API and named as terminated on the page;
`private` does not exist for anybody else; `age_gated` is in the API, and its page is a gate; `left_out` is missing from
answers about many.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from headcount.demo.contract import Answers, Call, Limit, Response, Route, json, redirect
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person, World
from headcount.demo.words import first_digits, short, spoken
from headcount.model import HEADLINE, Count

TOKENS = {"key": "simulated-youtube-key"}
MOST = 50
UNITS_A_DAY = 10_000
CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
FILTERS = ("id", "forHandle", "forUsername")


def failure(
    status: int, reason: str, message: str, *, domain: str = "global", detail: str = "", code: str = ""
) -> Response:
    """The envelope of every error; `detail` is the reason in Google's own list, `code` its canonical code."""
    error: dict[str, object] = {
        "code": status,
        "message": message,
        "errors": [{"message": message, "domain": domain, "reason": reason}],
    }
    if code:
        error["status"] = code
    if detail:
        info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": detail, "domain": "googleapis.com"}
        error["details"] = [{**info, "metadata": {"service": "youtube.googleapis.com"}}]
    return json({"error": error}, status)


def bad_key(message: str) -> Response:
    """A key that was never, or is no longer, good."""
    return failure(400, "badRequest", message, detail="API_KEY_INVALID", code="INVALID_ARGUMENT")


QUOTA = 'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.'
REFUSALS = {
    "wrong_key": bad_key("API key not valid. Please pass a valid API key."),
    "expired_key": bad_key("API key expired. Please renew the API key."),
    "restricted_key": failure(
        403,
        "forbidden",
        "Requests to this API youtube method youtube.api.v3.V3DataChannelService.List are blocked.",
        detail="API_KEY_SERVICE_BLOCKED",
        code="PERMISSION_DENIED",
    ),
    "not_enabled": failure(
        403,
        "accessNotConfigured",
        "YouTube Data API v3 has not been used in project 1 before or it is disabled.",
        domain="usageLimits",
        detail="SERVICE_DISABLED",
        code="PERMISSION_DENIED",
    ),
    "quota": failure(403, "quotaExceeded", QUOTA, domain="youtube.quota"),
    "burst": failure(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits"),
    "backend": failure(503, "backendError", "Backend Error", code="UNAVAILABLE"),
}
NO_KEY = failure(
    403,
    "forbidden",
    "Method doesn't allow unregistered callers (callers without established identity). "
    "Please use API Key or other form of API consumer identity to call this API.",
    code="PERMISSION_DENIED",
)


def identify(handle: str, number: int) -> tuple[str, ...]:
    """`UC` and 22 characters; a handle that is one already is its own id."""
    made = "UC" + urlsafe_b64encode(number.to_bytes(16)).decode().rstrip("=")
    return (handle if CHANNEL.fullmatch(handle) else made,)


def plain(handle: str) -> str:
    """The name in `@name`, `user/name` and `c/name`."""
    return handle.rpartition("/")[2].removeprefix("@")


def admit(call: Call) -> Response | None:
    """With a key, in the query or in a header."""
    key = _key(call)
    if not key:
        return NO_KEY
    return None if key == TOKENS["key"] else REFUSALS["wrong_key"]


def _key(call: Call) -> str:
    return call.query.get("key") or call.headers.get("x-goog-api-key", "")


def channels(call: Call, world: World) -> Response:
    """Channels by exactly one filter; those that are not found are left out, and without any there are no items."""
    if invalid := _invalid(call):
        return invalid
    parts = call.query["part"].split(",")
    items = [_item(person, parts, world) for person in _asked(call, world)]
    answer = {
        "kind": "youtube#channelListResponse",
        "etag": "simulated",
        "pageInfo": {"totalResults": len(items), "resultsPerPage": 5},
    }
    return json({**answer, "items": items} if items else answer)


def _invalid(call: Call) -> Response | None:
    filters = [name for name in FILTERS if name in call.query]
    if "part" not in call.query:
        return failure(400, "missingRequiredParameter", "Required parameter: part", domain="youtube.parameter")
    if not filters:
        expected = f"No filter selected. Expected one of: {', '.join(FILTERS)}"
        return failure(400, "missingRequiredParameter", expected, domain="youtube.parameter")
    if len(filters) > 1:
        both = f"Incompatible parameters specified in the request: {', '.join(filters)}"
        return failure(400, "incompatibleParameters", both, domain="youtube.parameter")
    if len(call.query.get("id", "").split(",")) > MOST:
        return failure(
            400, "invalidFilters", "The request specifies an invalid filter parameter.", domain="youtube.parameter"
        )
    return None


def _asked(call: Call, world: World) -> Iterator[Person]:
    """Those whom YouTube shows, in an order of its own."""
    if ids := call.query.get("id"):
        found = [world.identified(channel) for channel in sorted(set(ids.split(",")))]
        omitted = {"suspended", "private", "left_out"}
    else:
        found = [world.named(call.query.get("forHandle", "").removeprefix("@") or call.query.get("forUsername", ""))]
        omitted = {"suspended", "private"}
    yield from (person for person in found if person and person.fate not in omitted)


def _item(person: Person, parts: Sequence[str], world: World) -> Mapping[str, object]:
    item: dict[str, object] = {"kind": "youtube#channel", "etag": "simulated", "id": person.id}
    if "snippet" in parts:
        item["snippet"] = {"title": person.handle, "customUrl": f"@{person.handle.lower()}"}
    if "statistics" in parts:
        hidden = person.fate == "hidden"
        item["statistics"] = {
            "viewCount": str(person.number % 10**10),
            "subscriberCount": "0" if hidden else _subscribers(person, world),
            "hiddenSubscriberCount": hidden,
            "videoCount": str(person.number % 3_000),
        }
    return item


def _subscribers(person: Person, world: World) -> str:
    return "many" if person.fate == "spoilt" else str(first_digits(world.count(person)))


def by_channel(call: Call, world: World) -> Response:
    """The page of a channel id; one that is nobody's says so, with HTTP 200."""
    return _walled(call) or _page(call.parts["id"], world.identified(call.parts["id"]), world)


def by_name(call: Call, world: World) -> Response:
    """The page of a handle, a user name or a custom address; an unknown one is a plain 404."""
    person = world.named(call.parts["handle"])
    missing = page("<title>404 Not Found</title>", "<p>This page isn't available. Sorry about that.</p>", status=404)
    return _walled(call) or (_page(person.id, person, world) if person else missing)


def _walled(call: Call) -> Response | None:
    """Whoever has not chosen about cookies is sent to choose."""
    if "SOCS=" in call.headers.get("cookie", "") or "CONSENT=YES" in call.headers.get("cookie", ""):
        return None
    return redirect(f"{call.base}/consent/m?continue={quote(call.base, safe='')}&gl=DE&hl=en&cm=2&pc=yt")


def consent(call: Call, world: World) -> Response:
    """The wall, which stands on a host of its own at YouTube."""
    form = '<form action="https://consent.youtube.com/save" method="POST"><button>Reject all</button></form>'
    return page("<title>Before you continue to YouTube</title>", form)


def _page(channel: str, person: Person | None, world: World) -> Response:
    address = f"https://www.youtube.com/channel/{channel}"
    head = f'<link rel="canonical" href="{address}"><meta itemprop="identifier" content="{channel}">'
    return page(head, script(_data(channel, person, world), prefix="var ytInitialData = ", suffix=";"))


def _data(channel: str, person: Person | None, world: World) -> Mapping[str, object]:
    if person is None or person.fate == "private":
        return _alert(channel, "This channel does not exist.")
    if person.fate == "suspended":
        return _alert(channel, "This account has been terminated for a violation of YouTube's Terms of Service.")
    if person.fate == "age_gated":
        return {"contents": _column({"channelAgeGateRenderer": {"channelTitle": person.handle}})}
    return {
        "contents": _column(_shelf(world), ballast(world.page_bytes)),
        "header": {"pageHeaderRenderer": {"pageTitle": person.handle, "content": _header(person, world)}},
        "metadata": {
            "channelMetadataRenderer": {
                "title": person.handle,
                "description": "We have 1M subscribers",
                "externalId": channel,
                "channelUrl": f"https://www.youtube.com/channel/{channel}",
                "ownerUrls": [f"http://www.youtube.com/@{person.handle}"],
            }
        },
        "microformat": {
            "microformatDataRenderer": {"urlCanonical": f"https://www.youtube.com/channel/{channel}", "noindex": False}
        },
    }


def _column(*contents: object) -> Mapping[str, object]:
    tab = {"tabRenderer": {"selected": True, "content": {"sectionListRenderer": {"contents": contents}}}}
    return {"twoColumnBrowseResultsRenderer": {"tabs": [tab]}}


def _alert(channel: str, text: str) -> Mapping[str, object]:
    """A header with nothing in it, and an alert."""
    return {
        "header": {"c4TabbedHeaderRenderer": {"channelId": channel}},
        "alerts": [{"alertRenderer": {"type": "ERROR", "text": {"simpleText": text}}}],
    }


def _shelf(world: World) -> Mapping[str, object]:
    """Other channels, whose counts stand before the channel's own."""
    other = world.stranger()
    text = f"{short(first_digits(world.count(other)))} subscribers"
    card = {"channelId": other.id, "title": {"simpleText": other.handle}, "subscriberCountText": {"simpleText": text}}
    items = [{"gridChannelRenderer": card}]
    return {"shelfRenderer": {"content": {"horizontalListRenderer": {"items": items}}}}


def _header(person: Person, world: World) -> Mapping[str, object]:
    videos = {"text": {"content": f"{person.number % 3_000} videos"}}
    counts = [videos] if person.fate == "hidden" else [_subscribers_part(person, world), videos]
    rows = [{"metadataParts": [{"text": {"content": f"@{person.handle}"}}]}, {"metadataParts": counts}]
    return {
        "pageHeaderViewModel": {
            "title": {"dynamicTextViewModel": {"text": {"content": person.handle}}},
            "metadata": {"contentMetadataViewModel": {"metadataRows": rows, "delimiter": "•"}},
        }
    }


def _subscribers_part(person: Person, world: World) -> Mapping[str, object]:
    if person.fate == "spoilt":
        return {"text": {"content": "many subscribers"}}
    value = first_digits(world.count(person))
    return {"text": {"content": f"{short(value)} subscribers"}, "accessibilityLabel": f"{spoken(value)} subscribers"}


def midnight(start: datetime) -> datetime:
    """The next midnight in California, where the quota begins afresh."""
    there = start.astimezone(ZoneInfo("America/Los_Angeles"))
    tomorrow = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return tomorrow.astimezone(UTC)


DAILY = Limit("youtube", UNITS_A_DAY, midnight, REFUSALS["quota"], who=_key)


def shown(count: int) -> Count:
    """As the API shows it: three digits, rounded down."""
    step = 10 ** max(0, len(str(count)) - 3)
    return Count(first_digits(count), step, "truncated" if step > 1 else "exact")


ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/youtube/v3/channels", channels, admit, DAILY),
        Route("GET", "page", "/consent/m", consent),
        Route("GET", "page", "/channel/{id}", by_channel),
        Route("GET", "page", "/@{handle}", by_name),
        Route("GET", "page", "/{kind:c|user}/{handle}", by_name),
        Route("GET", "page", "/{handle}", by_name),
    ),
    credentials=TOKENS,
    identify=identify,
    plain=plain,
    metrics={HEADLINE: shown},
    refusals=REFUSALS,
    page_bytes=1_000_000,
)
