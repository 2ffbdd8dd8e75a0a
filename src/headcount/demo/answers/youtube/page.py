"""The page of a channel, behind its consent wall."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from headcount.demo.calls import Call, Response, redirect
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person
from headcount.demo.words import first_digits, short, spoken
from headcount.demo.world import World


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
            "description": {"descriptionPreviewViewModel": {"rendererContext": _opens_panel(person.handle)}},
        }
    }


def _opens_panel(title: str) -> Mapping[str, object]:
    """A panel with a header of its own, which a click on the description opens."""
    header = {"engagementPanelTitleHeaderRenderer": {"title": {"simpleText": title}}}
    panel = {"engagementPanelSectionListRenderer": {"header": header, "content": {"sectionListRenderer": {}}}}
    command = {"showEngagementPanelEndpoint": {"engagementPanel": panel}}
    return {"commandContext": {"onTap": {"innertubeCommand": command}}}


def _subscribers_part(person: Person, world: World) -> Mapping[str, object]:
    if person.fate == "spoilt":
        return {"text": {"content": "many subscribers"}}
    value = first_digits(world.count(person))
    return {"text": {"content": f"{short(value)} subscribers"}, "accessibilityLabel": f"{spoken(value)} subscribers"}
