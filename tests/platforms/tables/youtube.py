"""YouTube: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

UC, OTHER = "UC" + "a" * 22, "UC" + "b" * 22
IDS = {"uc": UC}
Json = dict[str, object]


def channel(uc: str = UC, handle: str = "@energy", **statistics: object) -> Json:
    return {"id": uc, "snippet": {"customUrl": handle}, "statistics": statistics or {"subscriberCount": "123000"}}


def answer(*items: object) -> Json:
    return {"pageInfo": {"totalResults": len(items)}, "items": list(items)}


def failure(code: int, reason: str, message: str = "No.", status: str = "", detail: str = "") -> Json:
    details = {"details": [{"@type": "ErrorInfo", "reason": detail}]} if detail else {}
    return {"error": {"code": code, "message": message, "status": status, "errors": [{"reason": reason}], **details}}


def page(
    header: object,
    handle: str | None = "@energy",
    uc: str = UC,
    language: str = "en",
    vanity: str | None = None,
    **more: object,
) -> bytes:
    site = "http://www.youtube.com/"
    owner: Json = {"externalId": uc, "ownerUrls": [site + handle] if handle else []}
    owner = {**owner, "vanityChannelUrl": site + vanity} if vanity else owner
    data = {"contents": SHELF, "header": header, "metadata": {"channelMetadataRenderer": owner}, **more}
    said = json.dumps({key: value for key, value in data.items() if value is not None})
    return f'<html lang="{language}"><script>var ytInitialData = {said};</script></html>'.encode()


def rows(*parts: Json) -> Json:
    view = {"metadata": {"contentMetadataViewModel": {"metadataRows": [{"metadataParts": list(parts)}]}}}
    return {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": view}}}


def part(text: str, label: str | None = None) -> Json:
    return {"text": {"content": text}, **({"accessibilityLabel": label} if label else {})}


def shows(text: str, label: str | None = None) -> Json:
    return rows(part(text, label), part("337 videos"))


def headed(name: str) -> Json:
    return rows(part(name), part("123K subscribers"), part("337 videos"))


def classic(**text: object) -> Json:
    return {"c4TabbedHeaderRenderer": {"channelId": UC, **({"subscriberCountText": text} if text else {})}}


def alert(text: str, kind: str = "ERROR") -> list[Json]:
    return [{"alertRenderer": {"type": kind, "text": {"simpleText": text}}}]


SHELF: Json = {
    "shelf": [{"subscriberCountText": {"simpleText": "530K subscribers"}, "header": shows("7M subscribers")}]
}
SPOKEN = {"accessibility": {"accessibilityData": {"label": "1.38 million subscribers"}}}
TOPIC: Json = {"topicChannelDetailsRenderer": {"subtitle": {"simpleText": "74.4M subscribers"}}}
HEADER = shows("123K subscribers")
GATE: Json = {"contents": [{"adRenderer": {}}, {"channelAgeGateRenderer": {"header": {"runs": []}}}]}
TABS = [{"tabRenderer": {"selected": True, "content": {"sectionListRenderer": GATE}}}]
AGE_GATE: Json = {"twoColumnBrowseResultsRenderer": {"tabs": TABS}}
ADDRESS = {"microformatDataRenderer": {"urlCanonical": f"https://www.youtube.com/channel/{UC}"}}
GAME = page({"interactiveTabbedHeaderRenderer": {}}, metadata=None, microformat=ADDRESS)
NOT_HERE = "The content you asked for does not exist in your country"
NOT_IT = "The video is gone, for an account has been terminated."
CONSENT = b'<html><form action="https://consent.youtube.com/save" method="POST"></form></html>'
FOUND = Count(123_000, 1_000, "truncated")


GOOGLE_DEVELOPERS = {"uc": "UC_x5XG1OV2P6uZZ5FSM9Ttw"}
GOOGLE = {"uc": "UCK8sQmJBp8GCxrOtXWBpyEA"}
MINECRAFT = {"uc": "UCQvWX73GQygcwXOTSf_VDVg"}
SERVICE = {"uc": "UCY_6EX9BkxR3d537gp-Ob9w"}

TABLE = Table(
    handle="@energy",
    gives=IDS,
    means={
        UC: IDS,
        "@Energy": "@Energy",
        "energy": "energy",
        "user/USDepartmentofEnergy": "user/USDepartmentofEnergy",
        "c/Energy": "c/Energy",
        "@\u00e9nergie": "@\u00e9nergie",
        f"https://www.youtube.com/channel/{UC}": IDS,
        f"https://www.youtube.com/channel/{UC}/videos": IDS,
        f"https://m.youtube.com/channel/{UC}?app=desktop": IDS,
        f"https://music.youtube.com/channel/{UC}": IDS,
        f"https://www.youtube.com/feeds/videos.xml?channel_id={UC}": IDS,
        f"https://www.youtube.com/feeds/videos.xml?playlist=x&channel_id={UC}": IDS,
        "https://www.youtube.com/@Energy": "@Energy",
        "https://www.youtube.com/@Energy?sub_confirmation=1": "@Energy",
        "https://www.youtube.com/@Energy/featured": "@Energy",
        "https://youtube.com/@Energy?si=abc_DEF-123": "@Energy",
        "HTTPS://WWW.YOUTUBE.COM/@Energy": "@Energy",
        "https://www.youtube.com/@%C3%A9nergie": "@\u00e9nergie",
        "https://youtube.com/user/energy/featured": "user/energy",
        "http://m.youtube.com/c/Energy": "c/Energy",
        "https://gaming.youtube.com/c/Energy/live": "c/Energy",
        "www.youtube.com/Energy": "Energy",
        "//www.youtube.com/@Energy#about": "@Energy",
        "https://www.youtube.com/Energy/videos?view=0": "Energy",
        f"https://music.youtube.com/browse/{UC}": IDS,
        f"https://www.youtube.com/subscribe_embed?usegapi=1&channelid={UC}&layout=full": IDS,
        "https://www.youtube.com/subscription_center?add_user=energy": "user/energy",
        "https://www.youtube.com/profile?hl=en&user=energy": "user/energy",
    },
    refused=(
        "some channel",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/playlist?list=PL123",
        "https://www.youtube.com/results?search_query=energy",
        "https://www.youtube.com/channel/UCshort",
        "https://www.youtube.com/user/",
        "https://www.youtube.com/feed/subscriptions",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://www.youtube.com.evil.example/@Energy",
        "https://www.youtube.com@evil.example/@Energy",
        "https://www.youtube.com/v/dQw4w9WgXcQ",
        "https://www.youtube.com/e/dQw4w9WgXcQ",
        "https://www.youtube.com/clip/abc",
        "https://www.youtube.com/t/terms",
        "https://www.youtube.com/source/abc/shorts",
        "https://www.youtube.com/trending",
        "https://www.youtube.com/account",
        "https://www.youtube.com/signin",
        "https://www.youtube.com/upload",
        "https://www.youtube.com/kids",
        "https://www.youtube.com/tv",
        "https://www.youtube.com/jobs",
        "https://www.youtube.com/ads",
        "https://www.youtube.com/oembed?url=x",
        "https://www.youtube.com/attribution_link?u=x",
        "https://www.youtube.com/view_play_list?p=x",
        "https://www.youtube.com/watch_popup?v=x",
        "https://www.youtube.com/movies",
        "https://www.youtube.com/profile",
        "https://www.youtube.com/subscribe_embed",
        "https://www.youtube.com/users/energy",
        "https://www.youtube.com/Energy/dQw4",
    ),
    rows=(
        good("a channel by its handle", "api", [answer(channel())], FOUND),
        good("a channel by its id", "api", [answer(channel())], FOUND, handle="@old", ids=IDS),
        good("case is no difference", "api", [answer(channel(handle="@Energy"))], FOUND, handle="@ENERGY"),
        good("a bare name is first taken for a handle", "api", [answer(channel())], FOUND, handle="energy"),
        good("then for an old user name", "api", [answer(), answer(channel(handle="@doe"))], FOUND, handle="energy"),
        good("a user name may have any handle", "api", [answer(channel(handle="@doe"))], FOUND, handle="user/energy"),
        good("a custom URL may be a handle too", "api", [answer(channel())], FOUND, handle="c/energy"),
        stranger(
            "a channel of another name is somebody else's",
            "api",
            [answer(channel(handle="energyold"))],
            "shape_changed",
        ),
        changed(
            "a channel that does not say its name may be anybody's",
            "api",
            [answer(channel(handle=""))],
            "shape_changed",
        ),
        good("before handles, names were written bare", "api", [answer(channel(handle="energy"))], FOUND),
        good("small counts are exact", "api", [answer(channel(subscriberCount="999"))], Count(999)),
        good("nought is a count", "api", [answer(channel(subscriberCount="0"))], Count(0)),
        error("it is hidden", "api", [answer(channel(subscriberCount="0", hiddenSubscriberCount=True))], "hidden"),
        error(
            "a hidden count may be stale",
            "api",
            [answer(channel(subscriberCount="5", hiddenSubscriberCount=True))],
            "hidden",
        ),
        empty("it is unknown", "api", [{"pageInfo": {"totalResults": 0}}], "not_found"),
        empty("it is unknown, in an empty list", "api", [answer()], "not_found"),
        empty("a custom URL is unknown", "api", [answer()], "not_found", handle="c/energy"),
        changed("it has no statistics", "api", [answer({"id": UC})], "shape_changed"),
        changed("it has no count", "api", [answer(channel(viewCount="5"))], "shape_changed"),
        changed("the count is a number", "api", [answer(channel(subscriberCount=5))], "shape_changed"),
        changed("the count has an underscore", "api", [answer(channel(subscriberCount="1_000"))], "shape_changed"),
        changed("the count ends in a new line", "api", [answer(channel(subscriberCount="12\n"))], "shape_changed"),
        changed("the id is no id", "api", [answer(channel(uc="UC1"))], "shape_changed"),
        stranger("the answer is about somebody else", "api", [answer(channel(handle="@nasa"))], "shape_changed"),
        stranger("the answer is about two", "api", [answer(channel(), channel(OTHER))], "shape_changed"),
        changed("the answer lost its items", "api", [{"pageInfo": {"totalResults": 1}}], "shape_changed"),
        changed("the answer is empty JSON", "api", [{}], "shape_changed"),
        changed("the answer is no JSON", "api", ["<html>"], "shape_changed"),
        empty("the answer is nothing", "api", [""], "shape_changed"),
        changed("the same count twice in one object", "api", ['{"items": [], "items": []}'], "shape_changed"),
        error("keyInvalid", "api", [failure(400, "keyInvalid", "Bad Request")], "bad_credentials"),
        error("API_KEY_INVALID", "api", [failure(400, "badRequest", detail="API_KEY_INVALID")], "bad_credentials"),
        error(
            "expired",
            "api",
            [failure(400, "badRequest", "API key expired. Please renew the API key.")],
            "bad_credentials",
        ),
        error("restricted", "api", [failure(403, "forbidden", detail="API_KEY_SERVICE_BLOCKED")], "missing_permission"),
        error("PERMISSION_DENIED", "api", [failure(403, "x", status="PERMISSION_DENIED")], "missing_permission"),
        error(
            "not enabled", "api", [failure(403, "accessNotConfigured", detail="SERVICE_DISABLED")], "missing_permission"
        ),
        error("quotaExceeded", "api", [failure(403, "quotaExceeded")], "quota_exhausted"),
        error("dailyLimitExceeded", "api", [failure(403, "dailyLimitExceeded")], "quota_exhausted"),
        error("rateLimitExceeded", "api", [failure(403, "rateLimitExceeded")], "rate_limited"),
        error("userRateLimitExceeded", "api", [failure(429, "userRateLimitExceeded")], "rate_limited"),
        error("backendError", "api", [failure(503, "backendError")], "unreachable"),
        error("an unknown error", "api", [failure(400, "whoKnows")], "shape_changed"),
        error("a server in trouble", "api", [reply('<p class="error">', 502)], "unreachable"),
        error("a server in trouble, in JSON", "api", [reply(failure(500, "whoKnows"), 500)], "unreachable"),
        good("a channel of today", "page", [page(shows("123K subscribers", "123 thousand subscribers"))], FOUND),
        good(
            "three digits are three digits",
            "page",
            [page(shows("2.52M subscribers"))],
            Count(2_520_000, 10_000, "truncated"),
        ),
        good(
            "fewer are as coarse as they look",
            "page",
            [page(shows("25m subscribers"))],
            Count(25_000_000, 1_000_000, "truncated"),
        ),
        good("small counts are exact", "page", [page(shows("84 subscribers"))], Count(84)),
        good(
            "a German page",
            "page",
            [page(shows("2,43\xa0Mio. Abonnenten", "2,43\xa0Millionen Abonnenten"), language="de-DE")],
            Count(2_430_000, 10_000, "truncated"),
        ),
        good(
            "German in full is three digits",
            "page",
            [page(shows("530.000 Abonnenten", "530.000 Abonnenten"), language="de")],
            Count(530_000, 1_000, "truncated"),
        ),
        good(
            "a channel of 2021",
            "page",
            [page(classic(simpleText="1.38M subscribers", **SPOKEN), handle="c/energy")],
            Count(1_380_000, 10_000, "truncated"),
            handle="c/energy",
        ),
        good(
            "a channel of 2021 by its handle of today",
            "page",
            [page(classic(simpleText="123K subscribers"), handle="c/energy")],
            FOUND,
            handle="@Energy",
        ),
        good(
            "a channel without names, by its pinned id",
            "page",
            [page(shows("123K subscribers"), handle=None)],
            FOUND,
            ids=IDS,
        ),
        good("its name stands in its header alone", "page", [page(headed("@Energy"), handle=None)], FOUND),
        good(
            "its name stands in its short address alone", "page", [page(HEADER, handle=None, vanity="@energy")], FOUND
        ),
        changed("a channel without names may be anybody's", "page", [page(HEADER, handle=None)], "shape_changed"),
        changed("nor is it a user's", "page", [page(HEADER, handle=None)], "shape_changed", handle="user/energy"),
        stranger("the header bears another name", "page", [page(headed("@nasa"), handle=None)], "shape_changed"),
        stranger("the header bears another name than the page", "page", [page(headed("@nasa"))], "shape_changed"),
        stranger(
            "the short address is another's", "page", [page(HEADER, handle=None, vanity="@nasa")], "shape_changed"
        ),
        good("subscribers, and no videos", "page", [page(rows(part("123K subscribers")))], FOUND),
        good(
            "all in one row", "page", [page(rows(part("@energy"), part("123K subscribers"), part("3 videos")))], FOUND
        ),
        good("a count that is not the first", "page", [page(rows(part("3 videos"), part("123K subscribers")))], FOUND),
        changed("two counts", "page", [page(rows(part("123K subscribers"), part("5 subscribers")))], "shape_changed"),
        changed("many subscribers", "page", [page(shows("many subscribers"))], "shape_changed"),
        changed(
            "German videos, where the count is hidden",
            "page",
            [page(rows(part("337 Videos"), part("12 Mio. Aufrufe")), language="de")],
            "shape_changed",
        ),
        changed(
            "two German counts that are read aloud",
            "page",
            [page(rows(part("337 Videos", "337 Videos"), part("5 Abonnenten", "5 Abonnenten")), language="de")],
            "shape_changed",
        ),
        good(
            "a channel of 2020",
            "page",
            [page(classic(runs=[{"text": "1.38M subscribers"}]))],
            Count(1_380_000, 10_000, "truncated"),
            handle="energy",
        ),
        good(
            "a topic",
            "page",
            [page({"carouselHeaderRenderer": {"contents": [{}, TOPIC]}})],
            Count(74_400_000, 100_000, "truncated"),
        ),
        good(
            "a handle in percent",
            "page",
            [page(shows("123K subscribers"), handle="@%C3%A9nergie")],
            FOUND,
            handle="@%C3%A9nergie",
        ),
        good("an alert that is none", "page", [page(shows("123K subscribers"), alerts=alert("Hello", "INFO"))], FOUND),
        error("only videos are shown", "page", [page(rows(part("337 videos")))], "hidden"),
        error("it has no subscribers", "page", [page(shows("No subscribers"))], "hidden"),
        error("it hid them in 2021", "page", [page(classic())], "hidden"),
        error("a game", "page", [page({"interactiveTabbedHeaderRenderer": {}})], "hidden"),
        error("an age gate", "page", [page(None, contents=AGE_GATE)], "hidden"),
        error(
            "an age gate that says not whose it is", "page", [page(None, contents=AGE_GATE, metadata=None)], "hidden"
        ),
        error("an age gate of the pinned channel", "page", [page(None, contents=AGE_GATE)], "hidden", ids=IDS),
        error("a game that is pinned, by its address", "page", [GAME], "hidden", ids=IDS),
        stranger("another game than the pinned", "page", [GAME], "shape_changed", ids={"uc": OTHER}),
        stranger("an age gate of somebody else", "page", [page(None, "@nasa", contents=AGE_GATE)], "shape_changed"),
        stranger(
            "an age gate of another id", "page", [page(None, uc=OTHER, contents=AGE_GATE)], "shape_changed", ids=IDS
        ),
        stranger("somebody else hides it", "page", [page(rows(part("337 videos")), "@nasa")], "shape_changed"),
        stranger("another id hides it", "page", [page(rows(part("337 videos")), uc=OTHER)], "shape_changed", ids=IDS),
        stranger("somebody else hid it in 2021", "page", [page(classic(), "@nasa")], "shape_changed"),
        changed(
            "an age gate that stands elsewhere on the page",
            "page",
            [page(None) + b'<script>var a = {"channelAgeGateRenderer": {}}</script>'],
            "shape_changed",
        ),
        changed("an age gate of a video", "page", [page(None, shelf=AGE_GATE)], "shape_changed"),
        error(
            "it does not exist", "page", [page(classic(), alerts=alert("This channel does not exist."))], "not_found"
        ),
        error(
            "it was terminated",
            "page",
            [page(classic(), alerts=alert("This account has been terminated."))],
            "suspended",
        ),
        error(
            "it was terminated for what does not exist",
            "page",
            [page(classic(), alerts=alert("This account has been terminated because its channel does not exist."))],
            "suspended",
        ),
        error("another alert", "page", [page(classic(), alerts=alert("Not in your country."))], "shape_changed"),
        error("what does not exist here", "page", [page(classic(), alerts=alert(NOT_HERE))], "shape_changed"),
        error("what somebody terminated", "page", [page(classic(), alerts=alert(NOT_IT))], "shape_changed"),
        error("a bad id", "page", [reply(failure(400, "badRequest"), 400)], "not_found"),
        error("HTTP 404", "page", [reply("<html>", 404)], "not_found"),
        error("HTTP 429", "page", [reply("<html>", 429)], "rate_limited"),
        error(
            "a redirect to a riddle",
            "page",
            [reply("", 302, location="https://www.google.com/sorry/index?continue=x")],
            "blocked",
        ),
        error(
            "a redirect to a wall of consent",
            "page",
            [reply("", 302, location="https://consent.youtube.com/m?x=y")],
            "blocked",
        ),
        error("a wall of consent", "page", [CONSENT], "blocked"),
        stranger(
            "a page about somebody else", "page", [page(shows("84 subscribers"), handle="@nasa")], "shape_changed"
        ),
        stranger(
            "a page of 2021 about somebody else",
            "page",
            [page(classic(simpleText="84 subscribers"), handle="c/nasa")],
            "shape_changed",
        ),
        changed(
            "a page that says not whose it is", "page", [page(shows("84 subscribers"), metadata=None)], "shape_changed"
        ),
        changed("the label contradicts", "page", [page(shows("84 subscribers", "85 subscribers"))], "shape_changed"),
        changed(
            "the label contradicts the magnitude",
            "page",
            [page(shows("25M subscribers", "25 thousand subscribers"))],
            "shape_changed",
        ),
        changed(
            "videos where subscribers were", "page", [page(rows(part("337 videos"), part("a link")))], "shape_changed"
        ),
        changed("the text cannot be read", "page", [page(shows("2.52X subscribers"))], "shape_changed"),
        changed("the language is not the page's", "page", [page(shows("25 Mio. Abonnenten"))], "shape_changed"),
        changed("the rows are gone", "page", [page({"pageHeaderRenderer": {"content": {}}})], "shape_changed"),
        changed("the header is of a new kind", "page", [page({"newHeaderRenderer": {}})], "shape_changed"),
        changed("the header is gone", "page", [page(None)], "shape_changed"),
        changed("the page is cut short", "page", [page(shows("84 subscribers"))[:-30]], "shape_changed"),
        empty("the page is empty", "page", [""], "shape_changed"),
        error("a server in trouble", "page", [reply("<html>", 503)], "unreachable"),
    ),
    simulated=("energy", "@argonne", "user/nnsa"),
    fates={
        "suspended": {"api by name": "not_found", "api by id": "not_found", "page": "suspended"},
        "hidden": {"api by name": "hidden", "api by id": "hidden", "page": "hidden"},
        "age_gated": {"api by name": COUNTED, "page": "hidden"},
        "left_out": {"api by id": "not_found"},
        "spoilt": {"api by id": "shape_changed"},
    },
    refusals={
        "wrong_key": {"api by name": "bad_credentials"},
        "expired_key": {"api by name": "bad_credentials"},
        "restricted_key": {"api by name": "missing_permission"},
        "not_enabled": {"api by name": "missing_permission"},
        "quota": {"api by name": "quota_exhausted"},
        "burst": {"api by name": "rate_limited"},
        "backend": {"api by name": "unreachable"},
    },
    folder="youtube",
    recorded={
        "api_channels_single_exact_pre2019.json": (
            Recorded("api", "@GoogleDevelopers", Count(1_927_873, 10_000, "truncated")),
        ),
        "api_channels_batch2_rounded.json": (
            Recorded("api", "@google", Count(10_700_000, 100_000, "truncated"), ids=GOOGLE),
            Recorded("api", "@gd", Count(2_260_000, 10_000, "truncated"), ids=GOOGLE_DEVELOPERS),
        ),
        "api_channels_no_statistics_part.json": (
            Recorded("api", "@GoogleDevelopers", "shape_changed", ids=GOOGLE_DEVELOPERS),
        ),
        "api_channel_hidden_count_2018.json": (Recorded("api", "instabug", "hidden", ids=SERVICE),),
        "api_list_zero_items.json": (Recorded("api", "@nobody", "not_found"),),
        "api_error_key_invalid.json": (Recorded("api", "@google", "bad_credentials"),),
        "api_error_key_service_blocked.json": (Recorded("api", "@google", "missing_permission"),),
        "api_error_permission_denied.json": (Recorded("api", "@google", "missing_permission"),),
        "api_error_quota_exceeded.json": (Recorded("api", "@google", "quota_exhausted"),),
        "innertube_page_header_25m.json": (Recorded("page", "@kurzgesagt", Count(25_000_000, 1_000_000, "truncated")),),
        "innertube_page_header_small_84.json": (Recorded("page", "@randomchannel1109", Count(84)),),
        "innertube_c4tabbed_header_2024-04.json": (
            Recorded("page", "@NBCNews", Count(9_840_000, 10_000, "truncated")),
        ),
        "innertube_interactive_tabbed_no_count.json": (
            Recorded("page", "minecraft", "hidden", ids=MINECRAFT),
            Recorded("page", "minecraft", "shape_changed"),
        ),
        "innertube_age_gate_no_header.json": (Recorded("page", "laphroaig", "hidden"),),
        "innertube_terminated_tos.json": (Recorded("page", "gone", "suspended"),),
        "innertube_does_not_exist.json": (Recorded("page", "nobody", "not_found"),),
        "innertube_bad_id_400.json": (Recorded("page", "nobody", "not_found"),),
        "html_old_c4tabbed_2021_1_38M.html": (Recorded("page", "c/old", Count(1_380_000, 10_000, "truncated")),),
        "html_german_2_43_Mio.html": (Recorded("page", "c/pietsmiet", Count(2_430_000, 10_000, "truncated")),),
    },
    unused={
        "html_layout_2014_exact.response.html": "a layout of 2014 to 2019: no page of today has it, and archived pages"
        " are not read",
        "innertube_resolve_url_handle.json": "an answer of a private interface that no source asks; it holds no count",
    },
)
