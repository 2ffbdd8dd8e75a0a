"""Threads: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.replaying import AT, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

Json = dict[str, object]
OWN = {"username": "energy"}
ID, PK = "17000000000000042", "63000000042"
ABOUT = "10.9K Followers • 47 Threads • We are. See the latest conversations with @energy."
TITLE = "Energy (@energy) • Threads, Say more"
ROUNDED, EXACT = Count(10_900, 100, "unknown"), Count(10_939)


def profile(name: str = "energy", heads: object = 10_939) -> Json:
    return {"username": name, "name": "Energy", "is_verified": True, "follower_count": heads}


def me(name: str = "energy", uid: object = ID) -> Json:
    return {"id": uid, "username": name}


def insight(heads: object = 10_939, name: str = "followers_count", **more: object) -> Json:
    return {"name": name, "period": "day", "id": f"{ID}/insights/{name}/day", "total_value": {"value": heads}, **more}


def insights(*items: object) -> Json:
    return {"data": [{"name": "views", "values": [{"value": 7}], "id": "x/insights/views/day"}, *items]}


def failure(code: int, subcode: int | None = None, status: int = 400, message: str = "No.") -> Reply:
    about = {"message": message, "type": "THApiException", "code": code}
    return reply({"error": about | ({"error_subcode": subcode} if subcode else {})}, status)


def user(name: str = "energy", heads: object = 10_939, pk: object = PK) -> Json:
    return {"username": name, "follower_count": heads, "pk": pk, "id": pk}


def page(about: str | None = ABOUT, *users: object, title: str | None = TITLE, more: str = "") -> bytes:
    cards = [("og:title", title), ("og:description", about)]
    metas = "".join(f'<meta property="{name}" content="{text}" />' for name, text in cards if text is not None)
    results = [{"__bbox": {"result": {"data": {"user": each}}}} for each in users]
    posts = {"__bbox": {"result": {"data": {"mediaData": {"node": {"user": {"username": "mallory", "pk": "5"}}}}}}}
    scripts = f'<script type="application/json" data-sjs>{json.dumps([posts, *results])}</script>' if users else ""
    return f'<!DOCTYPE html><html lang="en"><head>{metas}</head><body>{scripts}{more}</body></html>'.encode()


def card(followers: str, name: str = "energy") -> bytes:
    return page(f"{followers} Followers • 5 Threads. See the latest conversations with @{name}.", title=None)


LOGIN = page(None, title="Threads • Log in")
ODD = "".join(
    f'<script type="application/json" data-sjs>{{"require":[{{"result":{result}}}]}}</script>'
    for result in ("[]", '{"data":{"user":[]}}', '{"data":{"user":"me"}}')
)
CONTROL = page(
    "6M Followers • 1 Threads. See the latest conversations with @threads.", title="T (@threads) • Threads, Say more"
)


def shown(what: str, body: bytes, reason: Reason = "shape_changed") -> Row:
    return changed(what, "page", [body], reason)


def own(what: str, replies: Sequence[object], expected: Count | Reason = "shape_changed") -> Row:
    made = good if isinstance(expected, Count) else changed
    return made(what, "api", replies, expected, options=OWN)  # type: ignore[arg-type]  # all of them are bodies


API_ROWS = (
    good("a profile that was looked up", "api", [profile()], EXACT),
    good("case is no difference", "api", [profile("Energy")], EXACT, handle="ENERGY"),
    good("nought is a count", "api", [profile(heads=0)], Count(0)),
    good("a profile in a list", "api", [{"data": [profile()]}], EXACT),
    good("insights, as saved", "api", [insights(insight())], EXACT),
    own("one's own account", [me(), insights(insight())], EXACT),
    own("insights in another order", [me(), insights(insight(), insight(3, "likes"))], EXACT),
    good(
        "one's own has another name now",
        "api",
        [me("doe"), insights(insight())],
        EXACT,
        ids={"threads": ID},
        options=OWN,
    ),
    stranger("the token is somebody else's", "api", [me("doe"), insights(insight())], "bad_credentials", options=OWN),
    own("insights without it", [me(), insights(insight(3, "likes"))]),
    own("insights of nothing", [me(), {"data": []}]),
    own("insights that differ", [me(), insights(insight(), insight(3))]),
    own("insights with an empty total", [me(), insights(insight(total_value={}))]),
    own("insights with a text", [me(), insights(insight("10939"))]),
    own("insights with a negative total", [me(), insights(insight(-1))]),
    own("a token without a name", [{"id": ID}, insights(insight())]),
    own("a token with a number for a name", [me(uid=5), insights(insight())]),
    empty("nobody is in the answer", "api", [{"data": []}], "not_found"),
    empty("nothing", "api", [""], "shape_changed"),
    empty("an empty object", "api", [{}], "shape_changed"),
    error("it is unknown, or not for us", "api", [failure(100, 33)], "not_found"),
    error("no name that Threads allows", "api", [], "not_found", handle="some lab"),
    error("a permission is missing", "api", [failure(10)], "missing_permission"),
    error("a permission is missing, by a later code", "api", [failure(200, status=403)], "missing_permission"),
    error("the token has expired", "api", [failure(190, 463, 401)], "bad_credentials"),
    error("the token is nonsense", "api", [failure(190)], "bad_credentials"),
    error("no token", "api", [failure(104)], "bad_credentials"),
    error("blocked for abuse", "api", [failure(368, status=403)], "blocked"),
    error("too many calls", "api", [failure(4, status=403)], "rate_limited"),
    error("too many calls of this user", "api", [failure(17)], "rate_limited"),
    error("too many calls, by status", "api", [reply("", 429)], "rate_limited"),
    error("trouble that passes", "api", [failure(2, status=500)], "unreachable"),
    error("a server in trouble", "api", [reply("<html>", 502)], "unreachable"),
    error("an unknown error", "api", [failure(2500)], "shape_changed"),
    stranger("a profile of somebody else", "api", [profile("doe")], "shape_changed"),
    good("a profile after somebody else's", "api", [{"data": [profile("doe", 3), profile()]}], EXACT),
    stranger("only other people", "api", [{"data": [profile("doe"), profile("zed")]}], "shape_changed"),
    changed("two answers that differ", "api", [{"data": [profile(), profile(heads=3)]}], "shape_changed"),
    changed("no count", "api", [{"username": "energy", "is_verified": True}], "shape_changed"),
    changed("another key", "api", [{**profile(), "follower_count": None, "followers_count": 5}], "shape_changed"),
    changed("another platform's profile", "api", [{"username": "energy", "follower_count": 5}], "shape_changed"),
    *(
        changed(f"the count is {heads!r}", "api", [profile(heads=heads)], "shape_changed")
        for heads in ("10939", True, -5, 5.0, None, [5], 10**13)
    ),
    changed("no JSON", "api", ["<html>"], "shape_changed"),
    changed("cut short", "api", [json.dumps(profile())[:-3]], "shape_changed"),
    changed(
        "the count stands there twice",
        "api",
        ['{"username":"energy","is_verified":true,"follower_count":1,"follower_count":2}'],
        "shape_changed",
    ),
)
PAGE_ROWS = (
    good("a card", "page", [page()], ROUNDED),
    good("a small card without a bio", "page", [card("5")], Count(5)),
    good("one follower", "page", [page("1 Follower • 1 Thread. See the latest conversations with @energy.")], Count(1)),
    good("nobody follows", "page", [card("0")], Count(0)),
    good("millions", "page", [card("18.2M")], Count(18_200_000, 100_000, "unknown")),
    good("a bio that boasts", "page", [page(ABOUT.replace("We are", "1M Followers • 3 Threads • (@doe)"))], ROUNDED),
    good("embedded data are exact", "page", [page(ABOUT, user())], EXACT, gives={"pk": PK}),
    good("embedded data without a card", "page", [page(None, user(), title=None)], EXACT),
    good("case is no difference", "page", [page(ABOUT, user("Energy"))], EXACT, handle="ENERGY"),
    good("data of somebody else before", "page", [page(ABOUT, user("doe", 3, "7"), user())], EXACT),
    good("data without a count leave the card", "page", [page(ABOUT, {"username": "energy", "pk": PK})], ROUNDED),
    good("what people wrote is no data", "page", [page(more='<script>{"result":{"data":{"user":{"username":3,"follower_count":1}}}}</script>')], ROUNDED),
    *(shown(f"{what} than the card tells", page(ABOUT, user(heads=heads))) for what, heads in {
        "more": 448_000, "a digit more": 109_390, "a digit less": 1_093}.items()),
    good("some days after the card", "page", [page(ABOUT, user(heads=21_100))], Count(21_100)),
    good("a few, some days after the card", "page", [page(ABOUT.replace("10.9K", "150"), user(heads=320))], Count(320)),
    good("far more than the card of days ago", "page", [page(ABOUT.replace("10.9K", "3M"), user(heads=5_682_725))], Count(5_682_725)),
    good("the first follower of a day", "page", [page(ABOUT.replace("10.9K", "0"), user(heads=3))], Count(3)),
    good("a new name under the pinned id", "page", [page(None, user("doe"), title=None)], EXACT, ids={"pk": PK}, gives={"pk": PK}),
    good("whom the pinned id names, though another has the name", "page",
         [page(None, user(heads=3, pk="7"), user("doe"), title=None)], EXACT, ids={"pk": PK}, gives={"pk": PK}),
    stranger("two names under the pinned id", "page", [page(None, user("doe"), user("roe"), title=None)], "shape_changed", ids={"pk": PK}),
    good("other data of another shape", "page", [page(None, user(), title=None, more=ODD)], EXACT),
    shown("other data of another shape only", page(None, title=None, more=ODD)),
    empty("an apology", "page", ["<html><title>Error</title><body>Something went wrong</body></html>", CONTROL], "shape_changed"),
    empty("an empty page", "page", ["<html><body></body></html>", CONTROL], "shape_changed"),
    shown("a card in other quotes", page().replace(b'property="og:', b"property=og:").replace(b'" content', b" content")),
    shown("data that differ", page(None, user(), user(heads=3), title=None)),
    good("data that differ leave the card", "page", [page(ABOUT, user(), user(heads=3))], ROUNDED),
    *(shown(f"the count is {heads!r}", page(None, user(heads=heads), title=TITLE)) for heads in ("10939", True, -5, 5.0, None)),
    shown("a card in German", page("10.939 Follower • 5 Threads. Sieh dir an, was @energy schreibt.")),
    shown("a card that begins otherwise", page("Our 5 Followers • 5 Threads. See the latest conversations with @energy.")),
    shown("a card with an odd number", card("10,93")),
    shown("a card without a number", card("Many")),
    shown("a card that names nobody", page("5 Followers • 5 Threads", title="Threads")),
    shown("cut short", page(None, title=None).removesuffix(b"</html>")),
    empty("nothing", "page", [""], "shape_changed"),
    stranger("data of somebody else", "page", [page(ABOUT, user("doe", 3, "7"))], "shape_changed"),
    stranger("a card of somebody else", "page", [card("5", "doe"), CONTROL], "shape_changed"),
    stranger("a card of two", "page", [page(title="Doe (@doe) • Threads, Say more"), CONTROL], "shape_changed"),
    empty("a login card, while the control account is shown", "page", [LOGIN, CONTROL], "not_found"),
    empty("a page that is not there", "page", [reply("", 404), CONTROL], "not_found"),
    error("no name that Threads allows", "page", [], "not_found", handle="some lab"),
    error("a login card for everybody", "page", [LOGIN, LOGIN], "blocked"),
    error("a login page", "page", ['<html><title>Log in</title><input name="password"></html>'], "blocked"),
    error("sent to log in", "page", [Reply(302, {"location": "/accounts/login/?next=x"}, b"", AT)], "blocked"),
    error("found at the login", "page", [Reply(200, {}, page(), AT, "https://www.threads.com/login/?next=x")], "blocked"),
    error("not welcome", "page", [reply("", 403)], "blocked"),
    error("too many pages", "page", [reply("", 429)], "rate_limited"),
    error("a server in trouble", "page", [reply("", 503)], "unreachable"),
)  # fmt: skip
BY_STATUS: Mapping[str, Mapping[str, Reason]] = {
    "expired": {"api by name": "bad_credentials"},
    "permission": {"api by name": "missing_permission"},
    "app_limit": {"api by name": "rate_limited"},
    "abuse": {"api by name": "blocked"},
    "transient": {"api by name": "unreachable"},
    "nginx": {"api by name": "shape_changed"},
    "login_card": {"page": "blocked"},
    "login_page": {"page": "blocked"},
    "not_welcome": {"page": "blocked"},
}
TABLE = Table(
    handle="energy",
    means={
        "energy": "energy",
        "@Energy": "Energy",
        "some.lab_7": "some.lab_7",
        "@energy@threads.net": "energy",
        "energy@threads.com": "energy",
        "https://www.threads.com/@energy": "energy",
        "https://www.threads.net/@energy": "energy",
        "https://threads.net/@energy/": "energy",
        "http://threads.com/@energy": "energy",
        "HTTPS://WWW.THREADS.NET/@Energy": "Energy",
        "threads.net/@some.lab": "some.lab",
        "//threads.net/@energy": "energy",
        "https://www.threads.com/@energy?xmt=AQGzabc&hl=en": "energy",
        "https://www.threads.net/@energy?igshid=NTc4MTIwNjQ2YQ==&utm_source=share": "energy",
        "https://www.threads.net/@energy/post/Cuw_8yCAAAA": "energy",
        "https://www.threads.com/@energy/replies": "energy",
        "https://www.threads.com/@energy/media/#top": "energy",
        "https://www.threads.net/%40energy": "energy",
        "https://www.threads.com:443/@energy": "energy",
        "https://www.threads.net/intent/follow?username=energy": "energy",
        "https://www.threads.net/intent/follow?hl=en&username=@energy&x=y": "energy",
    },
    refused=(
        "some lab",
        "some-lab",
        "a" * 31,
        "https://www.threads.net/",
        "https://www.threads.net/@",
        "https://www.threads.net/t/Cuw_8yCAAAA",
        "https://www.threads.com/search?q=energy",
        "https://www.threads.com/login",
        "https://www.threads.com/intent/post?text=energy",
        "https://help.threads.net/@energy",
        "https://threads.net.evil.example/@energy",
        "https://threads.net@evil.example/@energy",
        "https://www.instagram.com/energy/",
        "https://www.threads.com/@énergie",
        ".energy",
        "energy.",
        "en..ergy",
        "https://m.threads.net/@energy",
        "https://www.threads.net/@energy.",
    ),
    rows=(*API_ROWS, *PAGE_ROWS),
    simulated=("energy", "Argonne.Lab", "los_alamos_lab"),
    fates={
        "suspended": {"api by name": "not_found", "page": "not_found"},
        "private": {"api by name": "not_found", "page": COUNTED},
        "withheld": {"api by name": "missing_permission", "page": "not_found"},
        "hidden": {"api by name": "shape_changed"},
        "spoilt": {"api by name": "shape_changed", "page": "shape_changed"},
        "left_out": {"api by name": "not_found", "page": "not_found"},
        "renamed": {"api by name": "not_found", "page": "not_found"},
    },
    refusals=BY_STATUS,
    folder="threads",
    recorded={
        "error_100_33_unknown_object.json": [Recorded("api", "zuck", "not_found", 400)],
        "html_data_sjs_zuck_2026-07.html": [Recorded("page", "zuck", Count(5_682_725))],
        "insights_documented_example.json": [Recorded("api", "threadsapitestuser", Count(0))],
        "og_card_18_2M.html": [Recorded("page", "natgeo", Count(18_200_000, 100_000, "unknown"))],
        "og_card_small_no_bio.html": [Recorded("page", "alice_test", Count(5))],
        "og_login_card.html": [
            Recorded("page", "nobody", "not_found", then=[CONTROL]),
            Recorded("page", "nobody", "blocked", then=[LOGIN]),
            Recorded("page", "nobody", "unreachable"),
        ],
    },
    unused={
        "parsed_scrapfly_2025-10.json": "what another program made of a page, not a page",
        "search_user_2024-03.json": "the web app's private search of 2024, which no source asks",
        "token_long_lived.json": "a token, for the vault; no count",
        "token_short.json": "a token, for the vault; no count",
    },
)
