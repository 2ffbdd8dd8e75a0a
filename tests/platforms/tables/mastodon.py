"""Mastodon: one account by name, at home or where its domain says it lives, and accounts by their ids."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.replaying import Body, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

HOME = "mastodon.social"
NUMBER = "109300000000000001"
IDS = {"local": f"{HOME}/{NUMBER}", "uri": f"https://{HOME}/users/nasa"}


def profile(
    followers: object = 5_000, name: str = "nasa", server: str = HOME, number: str = NUMBER, **more: object
) -> dict[str, object]:
    return {
        "id": number,
        "username": name,
        "acct": name,
        "url": f"https://{server}/@{name}",
        "uri": f"https://{server}/users/{name}",
        "followers_count": followers,
        "following_count": 211,
        **more,
    }


def without(field: str, **more: object) -> dict[str, object]:
    return {key: value for key, value in profile(**more).items() if key != field}  # type: ignore[arg-type]  # made up


def problem(status: int, text: str) -> Reply:
    return reply({"error": text}, status)


def finger(*actors: str) -> dict[str, object]:
    """What WebFinger answers."""
    page = {"rel": "http://webfinger.net/rel/profile-page", "href": "https://evil.example/@nasa"}
    return {"subject": "acct:nasa@example.gov", "links": [page, *({"rel": "self", "href": each} for each in actors)]}


UNKNOWN = problem(404, "Record not found")
SITE = "<!DOCTYPE html><html><body>Welcome</body></html>"
NO_FINGER = reply("", 404)
COPY = {**profile(9), "acct": "nasa@agency.example", "url": "https://agency.example/@nasa"}
AWAY = "https://social.example.gov/users/nasa"
LOUD = "https://Social.Example.GOV/users/nasa"
ABROAD = profile(server="social.example.gov")
SPLIT = "nasa@example.gov"
EXACT = Count(5_000)
GIVEN_ABROAD = {"local": f"social.example.gov/{NUMBER}", "uri": AWAY}

ERRORS: Mapping[str, tuple[tuple[Body, ...], Reason]] = {
    "nobody knows it": ((UNKNOWN, NO_FINGER), "not_found"),
    "its server does not know it, and its domain says no more": ((UNKNOWN,), "not_found"),
    "its server does not know it, and its domain is in trouble": ((UNKNOWN, reply("", 502)), "unreachable"),
    "nobody knows it any more": ((UNKNOWN, reply("", 410)), "not_found"),
    "its domain knows it without an actor": ((UNKNOWN, finger()), "not_found"),
    "its domain names another server, which does not know it": ((UNKNOWN, finger(AWAY), UNKNOWN), "not_found"),
    "in another language": ((problem(404, "Datensatz nicht gefunden"), NO_FINGER), "not_found"),
    "it is gone": ((problem(410, "Gone"),), "suspended"),
    "it is suspended": ((profile(0, suspended=True),), "suspended"),
    "it has moved": ((profile(moved=profile(7, server="agency.example")),), "moved"),
    "its count is hidden": ((profile(-1),), "hidden"),
    "Pixelfed hides its count": ((without("uri", followers=0, local=True),), "hidden"),
    "the server answers members only": (
        (problem(401, "This method requires an authenticated user"),),
        "missing_permission",
    ),
    "the API answers members only": ((problem(401, "This API requires an authenticated user"),), "missing_permission"),
    "the server forbids it": ((problem(403, "This action is not allowed"),), "missing_permission"),
    "a token is wrong": ((problem(401, "The access token is invalid"),), "bad_credentials"),
    "too many requests": ((problem(429, "Too many requests"),), "rate_limited"),
    "a server in trouble": ((reply("<html>503</html>", 503),), "unreachable"),
    "its domain in trouble": ((reply(SITE), reply("", 502)), "unreachable"),
}
SHAPES: Mapping[str, Body] = {
    "the count is gone": without("followers_count"),
    "the count is a text": profile("5000"),
    "the count is a truth": profile(True),
    "the count is less than hidden": profile(-2),
    "the count is a fraction": profile(5000.5),
    "the count is null": profile(None),
    "the id is a number": profile(id=12),
    "the id is a path": profile(number="../../1"),
    "the name is gone": without("username"),
    "its home is not told": without("url"),
    "its new home is a text": profile(moved="elsewhere"),
    "another site": SITE,
    "another site's error": reply(SITE, 404),
    "a page of a proxy": reply(SITE, 403),
    "a redirect": reply("", 301, location="https://www.example.com/"),
    "a bare number": "5000",
    "cut short": '{"id":"109300000000000001","username":"nasa","acct":"nasa","followers_count":50',
}
UNSURE: Mapping[str, Body] = {
    "forbids it, in a page": reply(SITE, 403),
    "wants to know who asks": reply("", 401),
    "is a teapot": reply("", 418),
    "has not finished": reply("", 202),
    "wants a login": reply("", 302, location="/login"),
    "wants a login elsewhere": reply("", 302, location="https://login.example.gov/"),
    "answers with its home page": SITE,
    "is no WebFinger": "{}",
    "has links that are none": {"links": [{"rel": "self", "href": 7}]},
    "names two actors": finger(f"{AWAY}1", f"{AWAY}2"),
    "names an actor at another port": finger("https://social.example.gov:8443/users/nasa"),
    "names an actor at a number": finger("https://127.0.0.1/users/nasa"),
    "names an actor nowhere": finger(""),
    "names the server that does not know it": finger(f"https://{HOME}/users/nasa"),
}
"""What a domain may answer that proves nothing, where the server does not know the account."""
STRANGERS: Mapping[str, Body] = {
    "somebody else": profile(9, "mallory"),
    "a copy of an account that lives elsewhere": COPY,
    "a copy that does not say so": {**profile(9), "url": "https://agency.example/@nasa"},
    "a copy whose home begins alike": {**profile(9), "url": f"https://{HOME}.evil.example/@nasa"},
    "two who are both it": [profile(), profile(9)],
}
MISLED: Mapping[str, tuple[Body, ...]] = {
    "the name is somebody else's on the server that its domain names": (finger(AWAY), profile(9, "nasa", HOME)),
    "the name is somebody else's there, whose address is in upper case": (finger(AWAY.replace("nasa", "NASA")), ABROAD),
    "the name is somebody else's there, by its address": (finger(f"{AWAY}2"), ABROAD),
    "a copy on the server that its domain names": (finger(AWAY), {**ABROAD, "url": "https://agency.example/@nasa"}),
    "its domain names two": (finger(AWAY, "https://agency.example/users/nasa"),),
    "its domain names a number": (finger("https://127.0.0.1/users/nasa"),),
    "its domain names a user and a host": (finger("https://mastodon.social@127.0.0.1/users/nasa"),),
    "its domain names no https": (finger("http://social.example.gov/users/nasa"),),
    "its domain names another port": (finger("https://social.example.gov:8080/users/nasa"),),
    "its domain's answer is another site": (SITE,),
}

ROWS: tuple[Row, ...] = (
    good("a profile", "api", [profile()], EXACT, gives=IDS),
    good("a list of one", "api", [[profile()]], EXACT),
    good("upper case", "api", [profile(name="NASA")], EXACT),
    good("nobody follows it", "api", [profile(0)], Count(0)),
    good("shown to few", "api", [profile(limited=True, memorial=True, moved=None)], EXACT),
    good("Pixelfed", "api", [without("uri", local=True)], EXACT, gives={"local": IDS["local"]}),
    good("by its id", "api", [profile()], EXACT, ids=IDS),
    good("by its id, in a list", "api", [[profile()]], EXACT, ids=IDS),
    good("its domain is another site", "api", [SITE, finger(AWAY), ABROAD], EXACT, handle=SPLIT, gives=GIVEN_ABROAD),
    good("its domain has another error", "api", [reply(SITE, 404), finger(AWAY), ABROAD], EXACT, handle=SPLIT),
    good("its domain does not know it", "api", [UNKNOWN, finger(AWAY), ABROAD], EXACT, handle=SPLIT),
    good("its domain writes its server in upper case", "api", [UNKNOWN, finger(LOUD), ABROAD], EXACT, handle=SPLIT),
    good("its server writes itself so", "api", [UNKNOWN, finger(AWAY), {**ABROAD, "uri": LOUD}], EXACT, handle=SPLIT),
    good(
        "its domain leaves WebFinger to the server",
        "api",
        [SITE, reply("", 301, location="https://social.example.gov/.well-known/webfinger?r=1"), finger(AWAY), ABROAD],
        EXACT,
        handle=SPLIT,
    ),
    empty("nothing", "api", ["{}", NO_FINGER], "shape_changed"),
    empty("nobody", "api", ["[]", NO_FINGER], "shape_changed"),
    empty("nobody by its id", "api", ["[]"], "shape_changed", ids=IDS),
    *(error(what, "api", bodies, reason) for what, (bodies, reason) in ERRORS.items()),
    error("by its id, nobody knows it", "api", [UNKNOWN], "not_found", ids=IDS),
    error("by its id, it is gone", "api", [problem(410, "Gone")], "suspended", ids=IDS),
    *(changed(what, "api", [body, NO_FINGER], "shape_changed") for what, body in SHAPES.items()),
    *(changed(f"by its id, {what}", "api", [body], "shape_changed", ids=IDS) for what, body in SHAPES.items()),
    *(changed(f"its domain {what}", "api", [UNKNOWN, body], "shape_changed") for what, body in UNSURE.items()),
    *(stranger(what, "api", [body, NO_FINGER], "shape_changed") for what, body in STRANGERS.items()),
    *(stranger(what, "api", [SITE, *bodies], "shape_changed", handle=SPLIT) for what, bodies in MISLED.items()),
    stranger("by its id, somebody else", "api", [profile(9, "mallory", number="7")], "shape_changed", ids=IDS),
)

TABLE = Table(
    handle="nasa@mastodon.social",
    means={
        "nasa@mastodon.social": "nasa@mastodon.social",
        "@nasa@mastodon.social": "nasa@mastodon.social",
        "@NASA@Mastodon.Social": "nasa@mastodon.social",
        "acct:nasa@mastodon.social": "nasa@mastodon.social",
        "some.one_else-1@xn--bcher-kva.example": "some.one_else-1@xn--bcher-kva.example",
        "tester@localhost:3000": "tester@localhost:3000",
        "https://mastodon.social/@nasa": "nasa@mastodon.social",
        "https://Mastodon.Social/@NASA/": "nasa@mastodon.social",
        "http://www.mastodon.social/@nasa?lang=en": "nasa@mastodon.social",
        "https://mastodon.social/%40nasa": "nasa@mastodon.social",
        "mastodon.social/@nasa": "nasa@mastodon.social",
        "https://mastodon.social/web/@nasa": "nasa@mastodon.social",
        "https://mastodon.social/deck/@nasa": "nasa@mastodon.social",
        "https://mastodon.social/@nasa/media": "nasa@mastodon.social",
        "https://mastodon.social/@nasa/with_replies#top": "nasa@mastodon.social",
        "https://mastodon.social/@nasa/followers": "nasa@mastodon.social",
        "https://mastodon.social/users/nasa": "nasa@mastodon.social",
        "https://mastodon.social/users/nasa/following": "nasa@mastodon.social",
        "https://mastodon.social/@energy@social.example.gov": "energy@social.example.gov",
        "https://mastodon.social/web/@energy@Social.Example.gov/media": "energy@social.example.gov",
        "https://social.network.europa.eu/@EU_Commission": "eu_commission@social.network.europa.eu",
        "https://mastodon.social/@nasa.rss": "nasa@mastodon.social",
        "https://social.example.gov/@youtube.fan": "youtube.fan@social.example.gov",
    },
    refused=(
        "nasa",
        "@nasa",
        "nasa@",
        "@mastodon.social",
        "nasa@mastodon",
        "nasa@127.0.0.1",
        "nasa@mastodon.social:8080",
        "nasa@-bad-.example",
        "na sa@mastodon.social",
        "nasa@mastodon.social/x",
        "-nasa@mastodon.social",
        "a" * 65 + "@mastodon.social",
        "https://mastodon.social/",
        "https://mastodon.social/about",
        "https://mastodon.social/explore",
        "https://mastodon.social/@nasa/109300000000000001",
        "https://mastodon.social/users/nasa/statuses/109300000000000001",
        "https://mastodon.social/tags/space",
        "https://mastodon.social/web/accounts/23972",
        "https://mastodon.social@evil.example/@nasa",
        "https://127.0.0.1/@nasa",
        "https://www.youtube.com/@nasa",
        "https://www.tiktok.com/@nasa",
        "https://www.threads.net/@nasa",
        "https://medium.com/@nasa",
        "https://nasa.substack.com/@nasa",
        "https://vimeo.com/users/12345",
        "https://us.tiktok.com/@nasa",
        "https://www.tiktok.com/@nasa-gov",
        "https://www.instagram.com/@abc-def",
        "https://twitter.com/@waytoolonghandlename123456",
        "https://api.twitter.com/users/nasa",
        "https://www.linkedin.com/users/nasa",
        "https://www.reddit.com/users/nasa",
        "https://www.flickr.com/@nasa",
        "https://t.me/@abc",
        "https://bsky.app/@nasa",
        "https://blog.medium.com/@nasa",
        "https://m.threads.net/@nasa",
        "https://story.snapchat.com/@nasa",
        "https://open.tiktokapis.com/@nasa",
        "https://youtube.de/@energy",
        "https://stackoverflow.com/users/12345",
        "https://gitlab.com/users/nasa",
        "https://rumble.com/@nasa",
        "@nasa@threads.net",
        "https://mastodon.social/@nasa@threads.net",
        "press@m.tiktok.com",
    ),
    rows=ROWS,
    simulated=("nasa@mastodon.social", "@Energy@Mastodon.Social", "some_lab@mastodon.social"),
    unknown="nobody@mastodon.social",
    fates={
        "suspended": {"api by name": "suspended", "api by id": "suspended"},
        "hidden": {"api by name": "hidden", "api by id": "hidden"},
        "withheld": {"api by name": "missing_permission", "api by id": "missing_permission"},
        "private": {"api by name": COUNTED, "api by id": COUNTED},
        "left_out": {"api by name": COUNTED, "api by id": COUNTED},
        "spoilt": {"api by name": "shape_changed", "api by id": "shape_changed"},
        "renamed": {"api by name": "not_found"},
    },
    refusals={
        "too_many": {"api by name": "rate_limited", "api by id": "rate_limited"},
        "members_only": {"api by name": "missing_permission", "api by id": "missing_permission"},
        "wrong_token": {"api by name": "bad_credentials", "api by id": "bad_credentials"},
        "overloaded": {"api by name": "unreachable", "api by id": "unreachable"},
        "another_site": {"api by name": "shape_changed", "api by id": "shape_changed"},
    },
    folder="mastodon",
    recorded={
        "lookup_zero_200.json": [Recorded("api", "mastodonpy_test@localhost:3000", Count(0))],
        "lookup_full_acct_200.json": [Recorded("api", "mastodonpy_test@localhost:3000", Count(0))],
        "lookup_not_found_404.json": [
            Recorded("api", "nobody@localhost:3000", "not_found"),
            Recorded("api", "nobody@localhost:3000", "not_found", then=[NO_FINGER]),
        ],
        "unauthorized_401.json": [Recorded("api", "nasa@mastodon.social", "bad_credentials")],
        "accounts_batch_200.json": [
            Recorded("api", "mastodonpy_test@localhost:3000", Count(0)),
            Recorded("api", "mastodonpy_test_2@localhost:3000", Count(0)),
            Recorded("api", "x@localhost:3000", Count(0), ids={"local": "localhost:3000/117020457910412882"}),
        ],
    },
    unused={
        "account_remote_copy_200.json": "a server's copy of an account that lives elsewhere: never believed (test_mastodon)",
        "doc_account_remote.json": "such a copy too, without the server that shows it",
    },
)
