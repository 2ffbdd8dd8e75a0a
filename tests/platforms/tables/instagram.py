"""Instagram: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.demo.answers.instagram import OWN
from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.graph_tables import failed
from tests.platforms.replaying import AT, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

LAB = {"id": "17841400000000009", "ig_id": 123456, "username": "some_lab", "followers_count": 64976}
LAB_IDS = {"graph": "17841400000000009", "pk": "123456"}
FOUND = Count(64976)


def discovered(**fields: object) -> dict[str, object]:
    """What is answered of another's account, through one's own."""
    return {"business_discovery": {**LAB, **fields}, "id": OWN}


USER = {"pk": "54222996077", "id": "17841454122337874", "username": "some_lab", "follower_count": 10939}
USER_IDS = {"pk": "54222996077", "graph": "17841454122337874"}


def html(
    about: str
    | None = "11K Followers, 47 Following, 1,006 Posts - See Instagram photos and videos from Some Lab (&#064;some_lab)",
    *users: object,
    title: str | None = "Some Lab (&#064;some_lab) &#x2022; Instagram photos and videos",
) -> str:
    """A public page: the card in its head, and the data of the profiles that it embeds."""
    cards = [("og:title", title), ("og:description", about)]
    metas = "".join(f'<meta property="{name}" content="{text}" />' for name, text in cards if text is not None)
    metas += f"<title>{title or 'Instagram'}</title>"
    data = {"require": [{"result": {"data": {"xig_user_by_username": user}}} for user in users]}
    script = f'<script type="application/json" data-sjs>{json.dumps(data)}</script>' if users else ""
    return f'<!DOCTYPE html><html lang="en"><head>{metas}</head><body>{script}</body></html>'


def card(counts: str, name: str = "some_lab") -> str:
    return html(f"{counts} - See Instagram photos and videos from Some Lab (@{name})", title=None)


EXACT, ROUNDED = Count(10939), Count(11000, 1000, "unknown")
CONTROL = card("600M Followers, 200 Following, 8,000 Posts", "instagram")
SHELL = html(None, title=None)
LOG_IN = "https://www.instagram.com/accounts/login/?next=/some_lab/"
WAIT = {"message": "Please wait a few minutes", "require_login": True, "status": "fail"}


def refused(what: str, code: int, subcode: int | None, reason: Reason, status: int = 400, **more: str) -> Row:
    return error(f"{what} ({code}/{subcode})", "api", [reply(failed(code, subcode, **more), status)], reason)


def carded(counts: str, count: Count) -> Row:
    return good(f"a card of {counts!r}", "page", [card(counts)], count, gives={})


def uncarded(counts: str) -> Row:
    return changed(f"a card of {counts!r}", "page", [card(counts)], "shape_changed")


API = (
    good("another's account, in other letters", "api", [discovered()], FOUND, handle="Some_Lab", gives=LAB_IDS),
    good("the old number as a text", "api", [discovered(ig_id="123")], FOUND, gives={**LAB_IDS, "pk": "123"}),
    good("no old number, and nought", "api", [discovered(ig_id=None, followers_count=0)], Count(0),
         gives={"graph": LAB_IDS["graph"]}),
    good("one's own account", "api", [{**LAB, "id": OWN}], FOUND, handle=OWN, gives={"graph": OWN, "pk": "123456"}),
    good("one's own account, whatever its name", "api", [{**LAB, "id": OWN}], FOUND, handle="old_name",
         ids={"graph": OWN}),
    good("one's own account, where nobody says which that is", "api", [LAB], FOUND, options={"user_id": "me"}),
    empty("nothing", "api", [""], "shape_changed"),
    empty("a list", "api", [[]], "shape_changed"),
    empty("a discovery of nobody", "api", [{"business_discovery": None, "id": OWN}], "shape_changed"),
    empty("no discovery", "api", [{"id": OWN}], "shape_changed"),
    empty("a name that is none", "api", [], "not_found", handle="some lab"),
    empty("a name that would ask for something else", "api", [], "not_found", handle="some_lab){id},x("),
    stranger("another name than was asked for", "api", [discovered()], "shape_changed", handle="other_lab"),
    stranger("another id than the pinned one", "api", [discovered()], "renamed_or_reused",
             ids={"graph": "17841400000000077"}),
    stranger("another account than one's own", "api", [{**LAB, "id": "17841400000000002"}], "shape_changed",
             handle="old_name", ids={"graph": OWN}),
    stranger("one's own account, where another's was asked for", "api", [{**LAB, "id": OWN}], "shape_changed"),
    changed("a number below nought", "api", [discovered(ig_id=-1)], "shape_changed"),
    changed("an id that is none", "api", [discovered(id="x")], "shape_changed"),
    changed("no count", "api", [{"business_discovery": {"username": "some_lab", "id": "9"}}], "shape_changed"),
    *(
        changed(f"followers {heads!r}", "api", [discovered(followers_count=heads)], "shape_changed")
        for heads in ("64976", True, -5, 6.5, None, [5], 10**13)
    ),
    changed("a count twice", "api",
            [json.dumps(discovered()).replace('"followers_count"', '"followers_count": 7, "followers_count"')],
            "shape_changed"),
    changed("under another key", "api", [{"business_discovery": {"username": "some_lab", "id": "9", "followers": 5}}],
            "shape_changed"),
    changed("cut short", "api", [json.dumps(discovered())[:-3]], "shape_changed"),
    changed("HTML", "api", [reply("<html><center>nginx</center></html>", 400)], "shape_changed"),
    refused("unknown, or a person's", 110, 2207013, "not_found"),
    refused("the token has expired", 190, 463, "bad_credentials"),
    refused("the password was changed", 190, 460, "bad_credentials"),
    refused("a lacking permission", 10, None, "missing_permission", 403),
    refused("a lacking permission", 200, None, "missing_permission", 403),
    refused("a Page's id as one's own", 100, 33, "not_found"),
    refused("a limit", 80002, None, "rate_limited"),
    refused("trouble that passes", 2, None, "unreachable", 500),
    refused("abuse", 368, None, "blocked", 403),
    refused("a bad path", 2500, None, "shape_changed", type="IGApiException"),
    error("too many requests", "api", [reply("", 429)], "rate_limited"),
    error("a server in trouble", "api", [reply("<html>Bad Gateway</html>", 502)], "unreachable"),
)  # fmt: skip

PAGE = (
    good("embedded data", "page", [html(card("11K Followers, 1 Following, 1 Posts"), USER)], EXACT, handle="Some_Lab",
         gives=USER_IDS),
    good("embedded data without a card", "page", [html(None, USER, title=None)], EXACT, gives=USER_IDS),
    good("embedded data behind another's", "page", [html(None, {**USER, "username": "other"}, USER)], EXACT),
    good("embedded data without the Graph API's id", "page", [html(None, {**USER, "id": None})], EXACT,
         gives={"pk": "54222996077"}),
    good("a card", "page", [html()], ROUNDED, gives={}),
    good("a card without a title", "page", [html(title="Instagram")], ROUNDED),
    good("a card, and data in a script that people may have written", "page",
         [html().replace("</body>", '<script>{"xig_user_by_username":{"username":3}}</script></body>')], ROUNDED),
    carded("2,362 Followers, 136 Following, 224 Posts", Count(2362)),
    carded("9,999 Followers, 1.2K Following, 10K Posts", Count(9999)),
    carded("0 Followers, 0 Following, 0 Posts", Count(0)),
    carded("1 Follower, 5 Following, 1 Post", Count(1)),
    carded("448K Followers, 10 Following, 7,269 Posts", Count(448_000, 1000, "unknown")),
    carded("46.3m Followers, 50 Following, 453 Posts", Count(46_300_000, 100_000, "unknown")),
    carded("1.25M Followers, 50 Following, 453 Posts", Count(1_250_000, 10_000, "unknown")),
    empty("a shell", "page", [SHELL, CONTROL], "not_found"),
    empty("a shell, and so for the control account", "page", [SHELL, SHELL], "blocked"),
    empty("an apology", "page", ["<html><title>Error</title>Something went wrong</html>", CONTROL], "shape_changed"),
    empty("a page of nothing", "page", ["<html><body></body></html>", CONTROL], "shape_changed"),
    good("a new name under the pinned id", "page", [html(None, {**USER, "username": "new_lab"}, title=None)], EXACT,
         ids={"pk": USER_IDS["pk"]}, gives=USER_IDS),
    good("a card of some days before", "page",
         [html("2,362 Followers, 1 Following, 1 Posts - See photos from Some Lab (@some_lab)", USER)], EXACT),
    good("data of another shape before", "page",
         [html(None, USER).replace("<script", '<script data-sjs>{"xig_user_by_username":[]}</script><script', 1)], EXACT),
    changed("data of another shape only", "page", [html(None, [], title=None), CONTROL], "shape_changed"),
    empty("data of nobody", "page", [html(None, None), CONTROL], "not_found"),
    empty("data of nobody beside words about Instagram", "page",
          [html("Create an account or log in to Instagram", None, title="Instagram"), CONTROL], "not_found"),
    empty("data of nobody, and a shell for the control account", "page", [html(None, None), SHELL], "blocked"),
    empty("404", "page", [reply("", 404), CONTROL], "not_found"),
    empty("404, and a login for the control account", "page", [reply("", 404), '{"require_login":true}'], "blocked"),
    empty("nothing", "page", [""], "shape_changed"),
    empty("a name that is none", "page", [], "not_found", handle="some/lab"),
    stranger("data of another", "page", [html(None, {**USER, "username": "other"})], "shape_changed"),
    stranger("a card of another", "page", [card("11K Followers, 4 Following, 1 Posts", "other")], "shape_changed"),
    stranger("a title of another", "page", [html(title="Some Lab (@other) • Instagram photos and videos")],
             "shape_changed"),
    stranger("a title of another who pretends", "page",
             [html(title="I am (@some_lab) (@other) • Instagram photos and videos")], "shape_changed"),
    stranger("a card of nobody", "page", [html("11K Followers, 4 Following, 1 Posts", title="Instagram")],
             "shape_changed"),
    stranger("another id than the pinned one", "page", [html(None, USER)], "renamed_or_reused", ids={"pk": "5"}),
    changed("data that their card gainsays", "page",
            [html("448K Followers, 1 Following, 1 Posts - See photos from Some Lab (@some_lab)", USER)],
            "shape_changed"),
    changed("data twice that differ", "page", [html(None, USER, {**USER, "follower_count": 3})], "shape_changed"),
    *(
        changed(f"followers {heads!r}", "page", [html(None, {**USER, "follower_count": heads})], "shape_changed")
        for heads in ("10939", -1, None, True, 6.5)
    ),
    changed("under another key", "page",
            [html(None, {key.replace("follower_", "fans_"): value for key, value in USER.items()})], "shape_changed"),
    changed("a name in the middle of a card", "page",
            [html('11K Followers, 4 Following, 1 Posts - Me (@some_lab) on Instagram: "x"', title=None)],
            "shape_changed"),
    changed("a shell cut short", "page", [html(None, title="Instagram").removesuffix("</html>")], "shape_changed"),
    uncarded("2.362 Followers, 136 Following, 224 Posts"),
    uncarded("448K Abonnenten, 10 gefolgt, 7.269 Beiträge"),
    uncarded("We are 5 Followers, 1 Following, 2 Posts"),
    uncarded("448 Tsd. Followers, 10 Following, 7 Posts"),
    uncarded("Followers, 10 Following, 7 Posts"),
    uncarded("448K Followers"),
    uncarded("12,34 Followers, 10 Following, 7 Posts"),
    uncarded("See photos"),
    error("a form to log in", "page",
          ['<html><title>Login • Instagram</title><input name="password"></html>'], "blocked"),
    error("words to log in", "page",
          [html("Create an account or log in to Instagram - Share what you are into.", title="Instagram")], "blocked"),
    error("a checkpoint", "page",
          ['{"message":"checkpoint_required","checkpoint_url":"/challenge/1/","status":"fail"}'], "blocked"),
    error("a checkpoint, with 400", "page", [reply('{"message":"checkpoint_required"}', 400)], "blocked"),
    error("told to wait, and to log in", "page", [reply(WAIT, 401)], "blocked"),
    error("403", "page", [reply("", 403)], "blocked"),
    error("400", "page", [reply("<html></html>", 400)], "shape_changed"),
    error("too many requests", "page", [reply('{"require_login":true}', 429)], "rate_limited"),
    error("a server in trouble", "page", [reply("", 502)], "unreachable"),
    error("sent to log in", "page", [Reply(302, {"location": LOG_IN}, b"", AT)], "blocked"),
    error("found at the login", "page", [Reply(200, {}, html().encode(), AT, LOG_IN)], "blocked"),
    error("found at a challenge", "page",
          [Reply(200, {}, b"<html>", AT, "https://www.instagram.com/challenge/?next=/some_lab/")], "blocked"),
)  # fmt: skip

_HONEST = "needs the id of Instagram's own web client: not honest"
TABLE = Table(
    handle="some_lab",
    options={"user_id": OWN},
    means={
        "energy": "energy",
        "@energy": "energy",
        "ENERGY": "ENERGY",
        "@some.lab_1": "some.lab_1",
        "_.lab._": "_.lab._",
        "a": "a",
        "https://www.instagram.com/energy": "energy",
        "https://www.instagram.com/energy/": "energy",
        "https://www.instagram.com/@energy": "energy",
        "https://instagram.com/energy?hl=en": "energy",
        "https://www.instagram.com/energy/?igsh=abc": "energy",
        "https://www.instagram.com/energy/?igshid=abc&utm_source=qr#top": "energy",
        "https://www.instagram.com/%65nergy/": "energy",
        "HTTPS://WWW.INSTAGRAM.COM/Energy/": "Energy",
        "instagram.com/energy": "energy",
        "//instagram.com/energy": "energy",
        "https://instagram.com:443/energy": "energy",
        "https://www.instagram.com/_u/energy": "energy",
        "https://www.instagram.com/_n/energy": "energy",
        "https://www.instagram.com/#!/energy": "energy",
        "https://www.instagram.com/energy/reels/": "energy",
        "https://www.instagram.com/energy/tagged/": "energy",
        "https://www.instagram.com/energy/p/C1abc/": "energy",
        "http://instagr.am/energy": "energy",
        "https://m.instagram.com/energy": "energy",
        f"https://www.instagram.com/{'a' * 30}/": "a" * 30,
        "https://www.instagram.com/energy/reel/C1abc/": "energy",
        "https://www.instagram.com/energy/channel/": "energy",
    },
    refused=(
        "a" * 31,
        "some lab",
        "some-lab",
        "..",
        "instagram.com",
        "www.instagram.com",
        "Instagram.com",
        "https://www.instagram.com/",
        "https://www.instagram.com/../",
        "https://www.instagram.com/p/C1abc/",
        "https://www.instagram.com/reel/C1abc/",
        "https://www.instagram.com/reels/C1abc/",
        "https://www.instagram.com/tv/C1abc/",
        "https://www.instagram.com/stories/energy/123/",
        "https://www.instagram.com/explore/tags/energy/",
        "https://www.instagram.com/accounts/login/?next=/energy/",
        "https://www.instagram.com/share/abc",
        "https://www.instagram.com/s/aGlnaGxpZ2h0?story_media_id=1",
        "https://www.instagram.com/P/C1abc/",
        "https://www.instagram.com/some-lab/",
        f"https://www.instagram.com/{'a' * 31}/",
        "https://help.instagram.com/581066165581870",
        "https://example.org/energy",
        "https://instagram.com.evil.example/energy",
        "https://instagram.com@evil.example/energy",
        "https://evil.example/instagram.com/energy",
        "https://notinstagram.com/energy",
        ".energy",
        "energy.",
        "en..ergy",
        "https://www.instagram.com/energy./",
        "https://www.instagram.com/popular/energy/",
        "https://www.instagram.com/channel/abc",
        "https://www.instagram.com/invites/abc",
        "https://www.instagram.com/terms/",
        "https://www.instagram.com/download/",
        "https://www.instagram.com/@abc-def",
        "https://help.instagram.com/@energy",
    ),
    rows=API + PAGE,
    simulated=("energy", "brookhavenlab", "los.alamos_lab"),
    fates={
        "personal": {"api by name": "not_found", "page": COUNTED},
        "withheld": {"api by name": "missing_permission"},
        "left_out": {"api by name": "unreachable"},
        "spoilt": {"api by name": "shape_changed", "page": "shape_changed"},
        "suspended": {"api by name": "not_found", "page": "not_found"},
        "hidden": {"api by name": "shape_changed"},
        "renamed": {"api by name": "not_found", "page": "not_found"},
    },
    refusals={
        "instagram_usage": {"api by name": "rate_limited"},
        "expired": {"api by name": "bad_credentials"},
        "permission": {"api by name": "missing_permission"},
        "transient": {"api by name": "unreachable"},
        "abuse": {"api by name": "blocked"},
        "nginx": {"api by name": "shape_changed"},
        "shell": {"page": "blocked"},
        "login_page": {"page": "blocked"},
        "wait": {"page": "blocked"},
        "checkpoint": {"page": "blocked"},
    },
    folder="instagram",
    recorded={
        "graph_business_discovery.json": [Recorded("api", "facebookfordevelopers", FOUND)],
        "graph_own_ig_user.json": [
            Recorded("api", "facebookfordevelopers", Count(64363), ids={"graph": "17841407673135339"},
                     options={"user_id": "17841407673135339"}),
        ],
        "graph_own_ig_user_small.json": [
            Recorded("api", "173435464534", Count(10), options={"user_id": "173435464534"}),
        ],
        "graph_error_igapiexception.json": [Recorded("api", "a", "shape_changed", 400)],
        "graph_business_discovery_not_found_no.json": [Recorded("api", "zuck2", "not_found", 400)],
        "html_xig_user_2026-08_10939.html": [Recorded("page", "b_rand_s", EXACT)],
        "html_new_og_only_2024-12.html": [Recorded("page", "pluto__travel", Count(2362))],
        "html_shareddata_ldjson_2021.html": [Recorded("page", "pluto__travel", Count(2187))],
        "html_shareddata_2020_big_truncated_og.html": [
            Recorded("page", "robertdowneyjr", Count(46_300_000, 100_000, "unknown")),
        ],
        "og_card_448K.html": [Recorded("page", "suratcitypolice", Count(448_000, 1000, "unknown"))],
        "login_page_2020.html": [Recorded("page", "a", "blocked")],
        "checkpoint_required.json": [Recorded("page", "a", "blocked", 400)],
        "error_401_require_login.json": [Recorded("page", "a", "blocked", 401)],
        "og_shell_no_card.html": [
            Recorded("page", "a", "unreachable"),  # the control account, which would tell, was not recorded
            Recorded("page", "a", "not_found", then=[CONTROL]),
            Recorded("page", "a", "blocked", then=[SHELL]),
        ],
    },
    unused={
        "web_profile_info.json": _HONEST,
        "not_found_user_null.json": _HONEST,
        "mobile_user_info.json": "the interface of the mobile app, for who is logged in",
        "parsed_scrapfly_2026-07.json": "what another tool made of a page, not a page",
    },
)  # fmt: skip
