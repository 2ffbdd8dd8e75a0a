"""Medium: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

Json = dict[str, object]
UID, PID = "c60270edd10f", "b2f039622545"
FOUND = Count(5_210)
GUARD = "])}while(1);</x>"


def guarded(answer: object) -> str:
    return GUARD + json.dumps(answer)


def person(name: str = "RiverLab", heads: object = 5_210, uid: str = UID, whose: str = "", **more: object) -> str:
    stats = {
        "5": {"userId": "5", "usersFollowedCount": 18, "usersFollowedByCount": 99},
        uid: {"userId": whose or uid, "usersFollowedCount": 18, "usersFollowedByCount": heads},
    }
    user = {"userId": uid, "name": "River Lab", "username": name, "isSuspended": False, **more}
    return guarded({"success": True, "payload": {"user": user, "references": {"SocialStats": stats}}, "v": 3})


def collection(slug: str = "river-lab", heads: object = 5_210) -> str:
    told = {"id": PID, "slug": slug, "metadata": {"followerCount": heads, "postCount": 7}}
    return guarded({"success": True, "payload": {"collection": told}})


def page(*entries: Json, body: str = "") -> str:
    others = {"User:5": {"id": "5", "username": "mallory", "socialStats": {"followerCount": 99}}}
    others["Collection:6"] = {"id": "6", "slug": "mallory", "name": "Others"}
    state = {"ROOT_QUERY": {"viewer": None}, **others}
    for entry in entries:
        state |= entry
    script = f"<script>window.__APOLLO_STATE__ = {json.dumps(state)}</script>" if entries else ""
    return f"<!doctype html><html><head><title>Medium</title></head><body>{body}{script}</body></html>"


def writer(name: str = "riverlab", heads: object = 5_210, uid: str = UID, key: str = "") -> Json:
    return {f"User:{key or uid}": {"id": uid, "username": name, "socialStats": {"followerCount": heads}}}


def publication(slug: str = "river-lab", heads: object = 5_210) -> Json:
    return {f"Collection:{PID}": {"id": PID, "slug": slug, "subscriberCount": heads}}


def link(text: str = "1.2K followers", name: str = "riverlab") -> str:
    return f'<a class="pw" href="/@{name}/followers?source=user" rel="x">{text}</a>'


NOBODY = page(body="<div>PAGE NOT FOUND</div><h2>Out of nothing, something.</h2>")
CONTROL = person("Medium")
PUBLICATION = "publication/river-lab"
SUSPENDED = guarded({"success": False, "error": "User is suspended"})
TO_ITS_OWN = reply("", 301, location="https://riverlab.medium.com/")

TABLE = Table(
    handle="riverlab",
    means={
        "nasa": "nasa",
        "@nasa": "nasa",
        "river.lab_7": "river.lab_7",
        "river-lab": "river-lab",
        "publication/swlh": "publication/swlh",
        "https://medium.com/@nasa": "nasa",
        "http://www.medium.com/@nasa/": "nasa",
        "HTTPS://MEDIUM.COM/@NASA": "NASA",
        "medium.com/@nasa": "nasa",
        "//medium.com/@nasa#top": "nasa",
        "https://medium.com/%40nasa": "nasa",
        "https://medium.com:443/@nasa": "nasa",
        "https://medium.com/@nasa?source=user_profile": "nasa",
        "https://medium.com/@nasa/followers": "nasa",
        "https://medium.com/@nasa/a-story-0123456789ab": "nasa",
        "https://nasa.medium.com": "nasa",
        "https://nasa.medium.com/a-story-0123456789ab": "nasa",
        "https://medium.com/swlh": "publication/swlh",
        "https://medium.com/better-programming/": "publication/better-programming",
        "https://medium.com/swlh/a-story-0123456789ab?sk=1": "publication/swlh",
    },
    refused=(
        "",
        "not a name",
        "n" * 51,
        "river lab",
        "publication/",
        "https://medium.com/",
        "https://medium.com/@",
        "https://medium.com/search?q=nasa",
        "https://medium.com/tag/space",
        "https://medium.com/p/0123456789ab",
        "https://medium.com/m/signin",
        "https://help.medium.com/hc",
        "https://river-lab.medium.com/",
        "https://blog.example.org/",
        "https://medium.com.evil.example/@nasa",
        "https://medium.com@evil.example/@nasa",
        "https://link.medium.com/AbCdEf",
        "https://m.medium.com/@nasa",
        "https://medium.com/sitemap",
    ),
    rows=(
        good("a person as JSON", "page", [person()], FOUND, gives={"user": UID}),
        good("nobody follows", "page", [person(heads=0)], Count(0)),
        good("a person on a page", "page", [NOBODY, page(writer())], FOUND, gives={"user": UID}),
        good("a page at once", "page", [page(writer())], FOUND),
        good("a link only", "page", [page(body=link()), page(body=link())], Count(1_200, 100, "unknown"), gives={}),
        good("a link with a whole number", "page", [page(body=link("987 Followers"))] * 2, Count(987)),
        good("a publication as JSON", "page", [collection()], FOUND, handle=PUBLICATION, gives={"publication": PID}),
        good(
            "a publication on a page",
            "page",
            [page(publication())],
            FOUND,
            handle=PUBLICATION,
            gives={"publication": PID},
        ),
        empty("nobody, while others are shown", "page", [NOBODY, NOBODY, CONTROL], "not_found"),
        empty("no page, while others have one", "page", [reply("", 404), reply("", 404), CONTROL], "not_found"),
        error("nobody, and others are not shown either", "page", [NOBODY] * 4, "blocked"),
        error("nobody, as JSON", "page", [guarded({"success": False, "error": "No user found"})], "not_found"),
        error("suspended", "page", [SUSPENDED], "suspended"),
        error("suspended, by its own word", "page", [person(isSuspended=True)], "suspended"),
        error("its page is elsewhere", "page", [TO_ITS_OWN, TO_ITS_OWN], "moved"),
        *(
            error(f"led to {place}", "page", [reply("", 302, location=place)], "blocked")
            for place in (
                "https://medium.com/m/signin?redirect=x",
                "/m/signin",
                "https://medium.com/m/global-identity-2?redirectUrl=https%3A%2F%2Friver.example",
            )
        ),
        error("no redirect at all", "page", [reply("<p>", location="https://x.example/")] * 2, "shape_changed"),
        error("a check of the browser", "page", [reply("<title>Just a moment...</title>", 403)], "blocked"),
        error("too many requests", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("", 503)], "unreachable"),
        stranger("somebody else as JSON", "page", [person("mallory")], "shape_changed"),
        stranger("somebody else's numbers", "page", [person(whose="5")], "shape_changed"),
        stranger("others only on a page", "page", [page({})] * 2, "shape_changed"),
        stranger("a link of somebody else", "page", [page(body=link(name="mallory"))] * 2, "shape_changed"),
        stranger("two of that name", "page", [page(writer(), writer(uid="c7"))], "shape_changed"),
        stranger("under somebody else's key", "page", [page(writer(key="c7"))], "shape_changed"),
        stranger("another publication", "page", [collection("mallory")], "shape_changed", handle=PUBLICATION),
        stranger(
            "a person of a publication's name", "page", [person("river-lab")], "shape_changed", handle=PUBLICATION
        ),
        changed("no count", "page", [person(heads=None)], "shape_changed"),
        changed("the count is a text", "page", [person(heads="5210")], "shape_changed"),
        changed("the count is a boolean", "page", [person(heads=True)], "shape_changed"),
        changed("the count is negative", "page", [person(heads=-5)], "shape_changed"),
        changed("the count is a fraction", "page", [person(heads=5.5)], "shape_changed"),
        changed(
            "no references", "page", [guarded({"payload": {"user": {"userId": UID, "username": "a"}}})], "shape_changed"
        ),
        changed("cut short", "page", [person()[:-30]], "shape_changed"),
        changed("without its guard", "page", [person().removeprefix(GUARD)] * 2, "shape_changed"),
        changed("a count on a page that is a text", "page", [page(writer(heads="1.2K"))], "shape_changed"),
        changed("a story of nobody", "page", [page(body="<h2>PAGE NOT FOUND</h2>")] * 2, "shape_changed"),
        changed("half a link, again and again", "page", ["/@riverlab/followers" * 20_000] * 2, "shape_changed"),
        changed("two links that differ", "page", [page(body=link() + link("9K followers"))] * 2, "shape_changed"),
        changed("a link with words", "page", [page(body=link("many followers"))] * 2, "shape_changed"),
    ),
    simulated=("energy", "@NREL.lab", "publication/oak-ridge"),
    fates={
        "suspended": {"page": "suspended"},
        "quiet": {"page": COUNTED},
        "age_gated": {"page": COUNTED},
        "left_out": {"page": "shape_changed"},
        "spoilt": {"page": "shape_changed"},
        "renamed": {"page": "not_found"},
    },
    refusals={"check": {"page": "blocked"}},
    folder="medium",
    recorded={
        "profile_format_json_200.txt": (Recorded("page", "manoj.wolfpack", Count(6)),),
        "article_page_2021_apollo.html": (
            Recorded("page", "TheLarkInn", Count(8_583)),
            Recorded("page", "publication/webpack", Count(16_306)),
        ),
    },
)
