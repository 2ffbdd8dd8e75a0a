"""Facebook: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.graph_tables import failed
from tests.platforms.replaying import AT, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

IDS = {"graph": "777"}
BOTH_IDS = {"profile": "100", "graph": "777"}
MILLIONS = Count(28_000_000, 1_000_000, "unknown")
SITE = "https://www.facebook.com/"


def node(**fields: object) -> dict[str, object]:
    """A Page of the Graph API."""
    return {"id": "777", "username": "Some.Lab", **fields}


HEADER = {
    "user": {
        "id": "100",
        "delegate_page": {"id": "777"},
        "profile_social_context": {"content": [{"text": {"text": "28M followers"}}, {"text": {"text": "5 following"}}]},
    }
}
OTHER = {"user": {"id": "200", "profile_social_context": {"content": [{"text": {"text": "9M followers"}}]}}}
ABOUT = "Some Lab. 28,660,812 likes &#xb7; 78,461 talking about this. We have 5 likes &#xb7; ha."


def html(
    about: str = ABOUT,
    *headers: object,
    title: str = "Some Lab",
    url: str = "https://web.facebook.com/SomeLab",
    profile: str = "100",
    language: str = "en",
) -> str:
    """A public page: its head, and the data of the profiles that it shows."""
    data = {"require": [{"__bbox": {"data": {"user": {"profile_header_renderer": header}}}} for header in headers]}
    return f"""<!DOCTYPE html><html id="facebook" lang="{language}"><head>
<meta property="al:android:url" content="fb://profile/{profile}" />
<meta property="og:title" content="{title}" /><meta property="og:description" content="{about}" />
<meta property="og:url" content="{url}" /></head><body>
<script type="application/json" data-sjs>{json.dumps(data) if headers else ""}</script></body></html>"""


WHOLE = html("Some Lab. 1,234 likes &#xb7; 9 were here.", HEADER)
NASA = html("Some Lab. 5 likes", HEADER, url="https://www.facebook.com/NASA")
"""The control Page's."""


def shown(*texts: object) -> dict[str, object]:
    """The header of the Page's profile, with other lines."""
    return {
        "user": {**HEADER["user"], "profile_social_context": {"content": [{"text": {"text": text}} for text in texts]}}
    }


def refused(what: str, code: int, subcode: int | None, reason: Reason, status: int = 400) -> Row:
    return error(f"{what} ({code}/{subcode})", "api", [reply(failed(code, subcode), status)], reason)


def counted(about: str, title: str, likes: int) -> Row:
    page = html(about, HEADER, title=title)
    return good(f"{likes} likes in {about!r}", "page", [page], {"likes": Count(likes), "followers": MILLIONS})


def uncounted(about: str) -> Row:
    return good(f"no likes in {about!r}", "page", [html(about, HEADER, title="Lab")], MILLIONS)


API = (
    good("followers and likes", "api", [node(followers_count=1234, fan_count=1200)],
         {"likes": Count(1200), "followers": Count(1234)}, gives=IDS),
    good("in other letters and dots", "api", [node(followers_count=5)], Count(5), handle="SOME.lab", gives=IDS),
    good("more than was asked for, as older tools did", "api",
         [node(followers_count=5, fan_count=4, name="Some Lab", engagement={"count": 4})],
         {"likes": Count(4), "followers": Count(5)}),
    good("nought is a count", "api", [node(followers_count=0, fan_count=0)], {"likes": Count(0), "followers": Count(0)}),
    good("a Page without a name, asked for by one, pins nothing", "api", [node(followers_count=5, username=None)],
         Count(5), gives={}),
    good("a Page without a name, asked for by its id", "api", [node(followers_count=5, username=None)], Count(5),
         handle="777", gives=IDS),
    good("a pinned Page under another name", "api", [node(followers_count=5)], Count(5), handle="OldName", ids=IDS,
         gives=IDS),
    empty("nothing", "api", [""], "shape_changed"),
    empty("an empty object", "api", [{}], "shape_changed"),
    empty("null", "api", ["null"], "shape_changed"),
    stranger("another id than was asked for", "api", [node(followers_count=5)], "renamed_or_reused", handle="778"),
    stranger("another name than was asked for", "api", [node(followers_count=5)], "renamed_or_reused",
             handle="otherlab"),
    stranger("another id than the pinned one", "api", [node(followers_count=5)], "renamed_or_reused",
             handle="OldName", ids={"graph": "778"}),
    stranger("a batch about somebody", "api", [[{"code": 200, "body": json.dumps(node(followers_count=5))}]],
             "shape_changed"),
    stranger("an account of another platform, of the same name", "api",
             [node(followers_count=5, acct="somelab", statuses_count=7)], "shape_changed"),
    changed("likes only", "api", [node(fan_count=3)], {"likes": Count(3)}),
    changed("neither count", "api", [node()], "shape_changed"),
    changed("likes below nought", "api", [node(followers_count=5, fan_count=-1)], "shape_changed"),
    changed("an id that is none", "api", [node(followers_count=5, id="x")], "shape_changed"),
    changed("an id as a number", "api", [node(followers_count=5, id=777)], "shape_changed"),
    *(
        changed(f"followers {text}", "api", [f'{{"id": "777", "username": "somelab", "followers_count": {text}}}'],
                "shape_changed")
        for text in ('"5"', "true", "-5", "5.5", "1e3", "NaN", "null", "[5]", "99999999999999", '5, "followers_count": 6')
    ),
    changed("under another key", "api", [node(followersCount=5)], "shape_changed"),
    changed("cut short", "api", [json.dumps(node(followers_count=5))[:-3]], "shape_changed"),
    changed("HTML", "api", [reply("<html><center>nginx</center></html>", 400)], "shape_changed"),
    changed("HTML that is well", "api", ["<html></html>"], "shape_changed"),
    changed("a count under a status that is not known", "api", [reply(node(followers_count=5), 404)], "shape_changed"),
    refused("the token has expired", 190, 463, "bad_credentials"),
    refused("the password was changed", 190, 460, "bad_credentials"),
    refused("the token was invalidated", 190, 466, "bad_credentials"),
    refused("its owner logged out", 190, 467, "bad_credentials"),
    *(refused("the token is dead", 190, subcode, "bad_credentials") for subcode in (458, 459, 464, 492, 493, None)),
    refused("the session is over", 102, None, "bad_credentials"),
    refused("no token", 104, None, "bad_credentials"),
    refused("a lacking permission", 10, None, "missing_permission", 403),
    refused("a lacking permission", 200, None, "missing_permission", 403),
    refused("no such object, or no permission for it", 100, 33, "not_found"),
    refused("no Page of that name, or a person's", 803, None, "not_found", 404),
    refused("trouble that passes", 1, None, "unreachable", 500),
    refused("trouble that passes", 2, None, "unreachable", 503),
    *(refused("a limit", code, None, "rate_limited", 403) for code in (4, 17, 32, 613, 80001)),
    refused("abuse", 368, None, "blocked", 403),
    refused("a bad path", 2500, None, "shape_changed"),
    error("too many requests", "api", [reply("", 429)], "rate_limited"),
    error("a server in trouble", "api", [reply("<html>Bad Gateway</html>", 502)], "unreachable"),
)  # fmt: skip

PAGE = (
    good("likes and followers", "page", [html(ABOUT, HEADER)], {"likes": Count(28660812), "followers": MILLIONS},
         handle="some.lab", gives=BOTH_IDS),
    counted("Area 51. 12,345 likes &#xb7; 3 talking about this", "Area 51", 12345),
    counted("Top 100. 7 likes", "Top 100", 7),
    counted("1 likes this. 2,000 likes &#xb7; 3 talking about this", "1 likes this", 2000),
    counted("1,000 likes. 20 likes &#xb7; 3 talking about this", "1,000 likes", 20),
    counted("U.S. Department of X. 459,212 likes &#xb7; 5,561 were here", "U.S. Department of X", 459212),
    counted("Kettle, Regina, Saskatchewan. 3,246 likes &#xb7; 25 talking about this", "Kettle | Regina SK", 3246),
    counted("459,212 likes &#xb7; 12,000 talking about this", "Anything", 459212),
    counted("Lab. 1 like", "Lab", 1),
    counted("Lab. 0 likes", "Lab", 0),
    uncounted("Lab. 28.660.812 likes"),
    uncounted("Lab. 28,66 likes"),
    uncounted("Lab. 28 660 812 likes"),
    uncounted("Lab. 2,860 „Gefällt mir“-Angaben"),
    uncounted("Lab. Over 1,234 likes"),
    uncounted("Lab. 1,234 likes us all"),
    uncounted("Lab. We are the best"),
    uncounted("Route 66. 1,234 likes"),
    uncounted(""),
    good("another profile before it", "page", [html("Some Lab. 5 likes", OTHER, HEADER)],
         {"likes": Count(5), "followers": MILLIONS}),
    good("a few followers", "page", [html("", shown("1,023 followers"))], Count(1023)),
    *(
        good(f"asked for as {handle}", "page", [WHOLE], {"likes": Count(1234), "followers": MILLIONS}, handle=handle)
        for handle in ("100", "777", "someLAB", "so.me.lab")
    ),
    *(
        good(f"pinned as {pinned}", "page", [WHOLE], {"likes": Count(1234), "followers": MILLIONS}, handle=handle,
             ids={"graph": pinned}, gives={"profile": "100", "graph": pinned})
        for handle, pinned in (("SomeLab", "777"), ("SomeLab", "100"), ("OldName", "777"))
    ),
    empty("a wall: log in, or sign up", "page", [html("See posts, photos and more on Facebook.", title="Log in or sign up to view")], "blocked"),
    empty("404", "page", [reply("", 404), NASA], "not_found"),
    empty("404, and so for the control Page", "page", [reply("", 404), '<form id="login_form">'], "blocked"),
    empty("content that is not available", "page", ["<html>This content isn&#039;t available right now", NASA], "not_found"),
    empty("a page that is not available", "page", ["<html>This page isn\u2019t available", NASA], "not_found"),
    empty("a page that is not available, nor the control Page", "page", ["<html>This page isn't available", ""], "shape_changed"),
    empty("nothing", "page", [""], "shape_changed"),
    stranger("somebody else's page", "page",
             [html("Some Lab. 5 likes", HEADER, url="https://web.facebook.com/OtherLab", profile="9")], "shape_changed"),
    stranger("nobody's page", "page", [html("Some Lab. 5 likes", HEADER, url="", profile="")], "shape_changed"),
    stranger("another id than the pinned one", "page", [WHOLE], "renamed_or_reused", ids={"graph": "778"}),
    stranger("followers of another profile only", "page", [html("Some Lab. 5 likes", OTHER)], {"likes": Count(5)}),
    changed("hidden followers", "page", [html("", shown("7 following"))], "hidden"),
    changed("followers that are null", "page", [html("", shown(None))], "shape_changed"),
    changed("followers in words that are not known", "page", [html("", shown("28 Mio. followers"))], "shape_changed"),
    changed("followers in a sentence", "page", [html("", shown("99 of 28M followers"))], "shape_changed"),
    changed("two counts of followers", "page", [html("", shown("28M followers", "3M followers"))], "shape_changed"),
    changed("a header twice that differs", "page", [html("", HEADER, {"user": {"id": "100"}})], "shape_changed"),
    changed("another page", "page", ["<html><body>Something new</body></html>"], "shape_changed"),
    error("a form to log in", "page", ['<html><title>Facebook</title><form id="login_form">'], "blocked"),
    error("a title to log in", "page", ["<html><title>Log in to Facebook</title>"], "blocked"),
    error("403", "page", [reply("", 403)], "blocked"),
    error("401", "page", [reply("", 401)], "blocked"),
    error("400", "page", [reply("<html>Sorry, something went wrong</html>", 400)], "shape_changed"),
    error("too many requests", "page", [reply("", 429)], "rate_limited"),
    error("a server in trouble", "page", [reply("", 500)], "unreachable"),
    error("sent to log in", "page",
          [Reply(302, {"location": "https://www.facebook.com/login/?next=x"}, b"", AT)], "blocked"),
    error("found at the login", "page",
          [Reply(200, {}, WHOLE.encode(), AT, "https://www.facebook.com/login.php?next=x")], "blocked"),
    error("found at a checkpoint", "page",
          [Reply(200, {}, b"<html>", AT, "https://www.facebook.com/checkpoint/123/")], "blocked"),
)  # fmt: skip


def lasting(file: str, expected: Reason, status: int = 400) -> dict[str, list[Recorded]]:
    return {file: [Recorded("api", "somelab", expected, status)]}


def asked_by_name(reason: Reason, refusals: str) -> dict[str, dict[str, Reason]]:
    return {refusal: {"api by name": reason} for refusal in refusals.split()}


_TOKENS = "about tokens, not Pages"
TABLE = Table(
    handle="somelab",
    means={
        "energygov": "energygov",
        "@energygov": "energygov",
        "ENERGYGOV": "ENERGYGOV",
        "Oak.Ridge.National.Laboratory": "Oak.Ridge.National.Laboratory",
        "100044561550831": {"graph": "100044561550831"},
        SITE + "energygov": "energygov",
        SITE + "energygov/": "energygov",
        SITE + "@energygov": "energygov",
        SITE + "%65nergygov": "energygov",
        SITE + "energygov?ref=hl": "energygov",
        SITE + "energygov/?fref=ts&utm_source=x#top": "energygov",
        SITE + "energygov/photos/123": "energygov",
        SITE + "energygov/posts/pfbid02abc": "energygov",
        SITE + "#!/energygov": "energygov",
        SITE + "pg/energygov/about": "energygov",
        SITE + "pg/energygov/about/?ref=page_internal": "energygov",
        "HTTPS://WWW.FACEBOOK.COM/EnergyGov": "EnergyGov",
        "facebook.com/energygov": "energygov",
        "//facebook.com/energygov": "energygov",
        "https://facebook.com:443/energygov": "energygov",
        "http://m.facebook.com/energygov": "energygov",
        "https://web.facebook.com/energygov": "energygov",
        "https://mbasic.facebook.com/energygov": "energygov",
        "https://touch.facebook.com/energygov": "energygov",
        "https://business.facebook.com/energygov": "energygov",
        "https://de-de.facebook.com/energygov": "energygov",
        "https://es-la.facebook.com/energygov": "energygov",
        "https://fb.com/energygov": "energygov",
        "https://fb.me/energygov": "energygov",
        SITE + "profile.php?id=100044561550831": {"graph": "100044561550831"},
        SITE + "profile.php?ref=x&id=100044561550831&sk=about": {"graph": "100044561550831"},
        "https://m.facebook.com/profile.php?id=100044561550831": {"graph": "100044561550831"},
        SITE + "people/Some-Lab/61550000000000/": {"graph": "61550000000000"},
        SITE + "people/_/61550000000000": {"graph": "61550000000000"},
        SITE + "p/Some-Lab-61550000000000/": {"graph": "61550000000000"},
        SITE + "pages/Some-Lab/123456789012345": {"graph": "123456789012345"},
        SITE + "pages/Some-Lab/123456789012345?sk=info": {"graph": "123456789012345"},
        SITE + "#!/pages/Some-Lab/123456789012345": {"graph": "123456789012345"},
        SITE + "pages/category/Science/Some-Lab-123456789012345/": {"graph": "123456789012345"},
        SITE + "Some-Lab-123456789012345/": {"graph": "123456789012345"},
        SITE + "L%C3%A1b-123456789012345": {"graph": "123456789012345"},
        SITE + "123456789012345/": {"graph": "123456789012345"},
        SITE + "123456789012345/posts/1": {"graph": "123456789012345"},
    },
    refused=(
        "some lab",
        "some_lab",
        "...",
        "a" * 81,
        "facebook.com",
        "m.facebook.com",
        "Facebook.com",
        SITE,
        SITE + "profile.php",
        SITE + "profile.php?id=abc",
        SITE + "photo.php?fbid=1",
        SITE + "story.php?story_fbid=1&id=2",
        SITE + "sharer/sharer.php?u=x",
        SITE + "groups/energygov",
        SITE + "events/123456789",
        SITE + "watch/?v=123456789",
        SITE + "marketplace/item/1",
        SITE + "share/abcDEF123/",
        SITE + "plugins/page.php?href=x",
        SITE + "help/123",
        SITE + "policies",
        SITE + "login/?next=%2Fenergygov",
        SITE + "LOGIN",
        "https://developers.facebook.com/docs",
        "https://example.org/energygov",
        "https://facebook.com.evil.example/energygov",
        "https://facebook.com@evil.example/energygov",
        "https://evil.example/facebook.com/energygov",
        "https://notfacebook.com/energygov",
        "https://www.facebook.com/notes/energygov/a-note/123",
        "https://www.facebook.com/live/energygov",
        "https://www.facebook.com/@x",
    ),
    rows=API + PAGE,
    simulated=("EnergyGov", "Jefferson.Lab", "nnsa"),
    fates={
        "suspended": {"api by name": "not_found", "page": "not_found"},
        "personal": {"api by name": "not_found"},
        "withheld": {"api by name": "missing_permission"},
        "hidden": {"api by name": "shape_changed", "page": "hidden"},
        "left_out": {"api by name": "unreachable"},
        "spoilt": {"api by name": "shape_changed"},
        "renamed": {"api by name": "not_found", "page": "not_found"},
        "well": {"api by name": COUNTED, "page": COUNTED},
    },
    refusals={
        **asked_by_name(
            "bad_credentials",
            "expired password_changed logged_out invalidated app_removed checkpoint unconfirmed no_role not_engaged wrong_token"
            " no_token session",
        ),
        **asked_by_name("missing_permission", "permission ppca no_proof"),
        **asked_by_name("unreachable", "transient unknown_error"),
        **asked_by_name("rate_limited", "app_limit user_limit page_limit custom_limit pages_usage"),
        **asked_by_name("blocked", "abuse"),
        **asked_by_name("shape_changed", "bad_path nginx"),
        "login_wall": {"page": "blocked"},
    },
    folder="facebook",
    recorded={
        "graph_page_single.json": [Recorded("api", "facebookapp", {"likes": Count(214507731)})],
        "graph_page_default_localised_sentence.json": [Recorded("api", "facebookapp", {"likes": Count(214507731)})],
        "graph_page_fan_count_small.json": [Recorded("api", "123456789098765", {"likes": Count(3)})],
        **lasting("error_190_463_expired.json", "bad_credentials"),
        **lasting("error_190_467_logged_out.json", "bad_credentials"),
        **lasting("error_190_undecryptable.json", "bad_credentials"),
        **lasting("error_104_no_token.json", "bad_credentials"),
        **lasting("error_803_username_of_a_person.json", "not_found"),
        **lasting("error_100_unsupported_get.json", "not_found"),
        **lasting("error_100_needs_ppca.json", "missing_permission"),
        **lasting("error_100_ppca_needs_proof.json", "missing_permission"),
        **lasting("error_2_transient.json", "unreachable", 503),
        **lasting("error_2500_bad_path.json", "shape_changed"),
        **lasting("error_4_app_limit.json", "rate_limited", 403),
        **lasting("error_17_user_limit.json", "rate_limited"),
        **lasting("error_not_json_400_nginx.html", "shape_changed"),
        "html_comet_nasa_2026-07.html": [Recorded("page", "NASA", {"likes": Count(28660812), "followers": MILLIONS})],
        "login_wall_2026-07.html": [Recorded("page", "NASA", "blocked")],
    },
    unused={
        "batch_partial_error_with_headers.json": "a batch of two: test_facebook.py",
        "graph_ids_batch2_fan_count.json": "two Pages at once, which ends with v26.0: test_facebook.py reads each as a part",
        "header_x_business_use_case_usage.json": "a header: test_graph.py",
        "graph_page_old_likes_v2_5.json": "the field likes of v2.5, which no living version gives",
        "debug_token_page_never_expires.json": _TOKENS,
        "debug_token_user_60d.json": _TOKENS,
        "me_accounts_page_tokens.json": _TOKENS,
        "long_lived_token_answer.json": _TOKENS,
        "parsed_scrapfly_2026-06.json": "what another tool made of pages, not a page",
    },
)  # fmt: skip
