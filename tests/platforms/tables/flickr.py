"""Flickr: replies of our own, in the shape of its pages; nothing was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Table, changed, empty, error, good, stranger

Json = dict[str, object]
IDS = {"nsid": "37916456@N02"}
FOUND = Count(5_000)


def owner(alias: str | None = "departmentofenergy", nsid: object = "37916456%40N02", **more: object) -> Json:
    return {
        "_flickrModelRegistry": "person-models",
        "id": nsid,
        "pathAlias": alias,
        "username": "Energy%20Dept.",
        **more,
    }


def models(whose: Json | None, heads: object = 5_000) -> Json:
    """As they are wrapped today."""
    counts = {"followerCount": heads, "followingCount": 7}
    return {
        "photostream-models": [{"data": {"owner": {"data": whose}, "totalItems": 70}}],
        "person-contacts-count-models": [{"data": counts}],
    }


def unwrapped(whose: Json, heads: object = 5_000) -> Json:
    """As they were some years ago."""
    counts = {"followerCount": heads, "followingCount": 7}
    return {"photostream-models": [{"owner": whose}], "person-contacts-count-models": [counts]}


def page(main: object, before: str = "") -> str:
    export = json.dumps({"legend": [["photostream-models", "0"]], "main": main})
    script = f"<script>Y.ClientApp.init({{ root: {{}}, modelExport: {export}, auth: {{}} }});</script>"
    return (
        f'<!doctype html><html lang="en-us"><body>{before}<script>var a = {{"main": 1}};</script>{script}</body></html>'
    )


def shown(heads: object = 5_000, alias: str | None = "departmentofenergy", nsid: str = "37916456%40N02") -> str:
    return page(models(owner(alias, nsid), heads))


def without(key: str) -> str:
    return page({name: value for name, value in models(owner()).items() if name != key})


CONTROL = page(models(owner("nasahqphoto", "35067687@N04"), 9))
FAKED = '<p>modelExport: {"main": {"person-contacts-count-models": [{"data": {"followerCount": 9}}]}}</p>'

TABLE = Table(
    handle="departmentofenergy",
    gives=IDS,
    means={
        "departmentofenergy": "departmentofenergy",
        "@departmentofenergy": "departmentofenergy",
        "los-alamos_lab": "los-alamos_lab",
        "37916456@N02": IDS,
        "https://www.flickr.com/photos/departmentofenergy/": "departmentofenergy",
        "http://flickr.com/photos/DepartmentOfEnergy": "DepartmentOfEnergy",
        "https://m.flickr.com/photos/departmentofenergy": "departmentofenergy",
        "https://secure.flickr.com/photos/departmentofenergy": "departmentofenergy",
        "HTTPS://WWW.FLICKR.COM/photos/departmentofenergy": "departmentofenergy",
        "https://www.flickr.com/people/departmentofenergy/": "departmentofenergy",
        "https://www.flickr.com/photos/departmentofenergy/albums": "departmentofenergy",
        "https://www.flickr.com/photos/departmentofenergy/sets/72157600000000001/": "departmentofenergy",
        "https://www.flickr.com/photos/departmentofenergy/page3": "departmentofenergy",
        "https://www.flickr.com/photos/departmentofenergy/?utm_source=share": "departmentofenergy",
        "https://www.flickr.com/people/departmentofenergy/#about": "departmentofenergy",
        "https://www.flickr.com/photos/department%6Ffenergy": "departmentofenergy",
        "//www.flickr.com/departmentofenergy": "departmentofenergy",
        "https://www.flickr.com/photos/37916456@N02/": IDS,
        "https://www.flickr.com/people/37916456%40N02": IDS,
        "https://www.flickr.com/photos/37916456@N02/albums/1": IDS,
        "https://flic.kr/ps/2iQxLp": "ps/2iQxLp",
        "flic.kr/ps/2iQxLp/": "ps/2iQxLp",
    },
    refused=(
        "",
        "department of energy",
        "energy.gov",
        "a" * 41,
        "ps/",
        "https://www.flickr.com/",
        "https://www.flickr.com/explore",
        "https://www.flickr.com/photos/",
        "https://www.flickr.com/photos/tags/",
        "https://www.flickr.com/photos/tags/energy",
        "https://www.flickr.com/search/?text=energy",
        "https://www.flickr.com/groups/energy/",
        "https://www.flickr.com/photos/departmentofenergy/1234567890/",
        "https://www.flickr.com/photos/departmentofenergy/1234567890/in/album-1/",
        "https://www.flickr.com/photos/37916456@N02/1234567890",
        "https://flic.kr/p/2iQxLp",
        "https://flic.kr/s/aHsjybZ5ZD",
        "https://live.staticflickr.com/1/2_3.jpg",
        "https://www.flickr.com.evil.example/photos/departmentofenergy",
        "https://www.flickr.com@evil.example/photos/departmentofenergy",
        "https://evil.example/flickr.com/photos/departmentofenergy",
        "https://flic.kr/ps/abc",
        "https://flic.kr/ps/2iOxLp",
        "https://www.flickr.com/@nasa",
    ),
    rows=(
        good("a photostream", "page", [shown()], FOUND),
        good("a photostream of some years ago", "page", [page(unwrapped(owner()))], FOUND),
        good("an alias in another case", "page", [shown(alias="DepartmentOfEnergy")], FOUND),
        good("an id that is not percent-encoded", "page", [shown(nsid="37916456@N02")], FOUND),
        good("nought is a count", "page", [shown(0)], Count(0)),
        good("an account by its id, without an alias", "page", [shown(alias=None)], FOUND, handle="37916456@N02"),
        good("a pinned account under its new alias", "page", [shown(alias="energygov")], FOUND, ids=IDS),
        good("a short link", "page", [shown()], FOUND, handle="ps/2iQxLp"),
        good("what people write is not what the page says", "page", [page(models(owner()), FAKED)], FOUND),
        empty("nobody of that alias", "page", [reply("<html>", 404), CONTROL], "not_found"),
        empty("a page that is nobody's", "page", [page({"photo-models": []}), CONTROL], "not_found"),
        empty("nobody of that alias any more", "page", [reply("", 410), CONTROL], "not_found"),
        empty("nobody, and so of the control account", "page", [reply("<html>", 404)] * 2, "blocked"),
        empty("a page without models", "page", ["<html>", CONTROL], "shape_changed"),
        empty("models of nothing", "page", [page({}), CONTROL], "shape_changed"),
        empty("nothing", "page", ["", CONTROL], "shape_changed"),
        error("a question about cookies", "page", ["<html>We value your privacy</html>", CONTROL], "shape_changed"),
        error(
            "a riddle with 200",
            "page",
            ["<html><script>window.awsWafCookieDomainList=[]</script>", CONTROL],
            "shape_changed",
        ),
        error(
            "sent to log in",
            "page",
            [reply("", 302, location="https://identity.flickr.com/sign-in"), CONTROL],
            "blocked",
        ),
        good(
            "another main before",
            "page",
            [shown().replace('{"legend":', '{"x": {"main": {}}, "y": {"main": []}, "legend":')],
            FOUND,
        ),
        error("a deleted account", "page", [page(models(owner(isDeleted=True)))], "deactivated"),
        error("a riddle for robots", "page", [reply("<html>", 403)], "blocked"),
        error("a firewall's riddle", "page", [reply("", 202, x_amzn_waf_action="challenge")], "blocked"),
        error("too many", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("<html>", 503)] * 3, "unreachable"),
        changed("the count is left out", "page", [without("person-contacts-count-models")], "shape_changed"),
        changed("the count is null", "page", [shown(None)], "shape_changed"),
        changed("the count is a text", "page", [shown("5000")], "shape_changed"),
        changed("the count is a rounded text", "page", [shown("5K")], "shape_changed"),
        changed("the count is a boolean", "page", [shown(True)], "shape_changed"),
        changed("the count is negative", "page", [shown(-1)], "shape_changed"),
        changed("the count is a fraction", "page", [shown(5.0)], "shape_changed"),
        changed("the count has another name", "page", [shown().replace("followerCount", "followers")], "shape_changed"),
        changed(
            "the owner is a text", "page", [shown().replace('{"_flickr', '["~0"], "x": {"_flickr')], "shape_changed"
        ),
        changed("the models are a list", "page", [page([models(owner())])], "shape_changed"),
        changed("cut short", "page", [shown()[:-90], CONTROL], "shape_changed"),
        changed("a redirect that leads nowhere", "page", [reply("", 302)], "shape_changed"),
        stranger("somebody else's photostream", "page", [shown(alias="nasa", nsid="5@N00")], "shape_changed"),
        stranger("somebody else's, asked for by id", "page", [shown(nsid="5@N00")], "shape_changed", ids=IDS),
    ),
    simulated=("departmentofenergy", "BerkeleyLab", "los-alamos_lab"),
    fates={
        "suspended": {"page": "deactivated"},
        "hidden": {"page": "shape_changed"},
        "spoilt": {"page": "shape_changed"},
        "left_out": {"page": "not_found"},
        "renamed": {"page": "not_found"},
        "private": {"page": COUNTED},
    },
    refusals={"riddle": {"page": "blocked"}},
)
