"""Bluesky: profiles, many at once and alone, and the public page."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.replaying import Body, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

DID = "did:plc:ab2cd3ef4gh5ij6kl7mnopqr"
OTHER_DID = "did:plc:zz2yy3xx4ww5vv6uu7ttssrr"
IDS = {"did": DID}
LONG = "https://schema.org"


def profile(handle: str = "energy.gov", followers: object = 5_000, did: str = DID) -> dict[str, object]:
    return {"did": did, "handle": handle, "displayName": "We", "followersCount": followers, "followsCount": 211}


def problem(name: str, message: str) -> Reply:
    return reply({"error": name, "message": message}, 400)


def interaction(followers: object, kind: str = "Follow") -> dict[str, object]:
    return {"@type": "InteractionCounter", "interactionType": f"{LONG}/{kind}Action", "userInteractionCount": followers}


def page(*own: object, handle: str = "energy.gov", did: str = DID, about: str = "We\nare") -> bytes:
    """What people wrote stands in the page's JSON with its line breaks as they are."""
    theirs = ",".join(str(each).replace("'", '"') for each in own)
    following = str(interaction(211)).replace("'", '"')
    return (
        f'<html><head><script type="application/ld+json">{{"@type": "ProfilePage", "mainEntity": {{"@type": "Person",'
        f'"alternateName": "@{handle}", "identifier": "{did}", "description": "{about}",'
        f'"interactionStatistic": [{theirs}], "agentInteractionStatistic": [{following}]}}}}</script></head></html>'
    ).encode()


SHELL = "<html><head><title>Bluesky</title></head></html>"
MEMBERS = "This author has chosen to make their posts visible only to people who are signed in."
OTHER = '<script type="application/ld+json">{"@type": "Organization", "name": "Bluesky"}</script>'
BROKEN = '<script type="application/ld+json">{"@type": </script>'


def after(block: str) -> bytes:
    return page(interaction(5_000)).replace(b"<head>", b"<head>" + block.encode())


EXACT = Count(5_000)
SHOWN = page(interaction(9), handle="bsky.app")
NOT_FOUND = problem("InvalidRequest", "Profile not found")

ERRORS: Mapping[str, tuple[Body, Reason]] = {
    "it is not known": (NOT_FOUND, "not_found"),
    "it is suspended": (problem("AccountTakedown", "Account has been suspended"), "suspended"),
    "it is deactivated": (problem("AccountDeactivated", "Account is deactivated"), "deactivated"),
    "it is no handle": (problem("InvalidRequest", "Error: actor must be a valid did or a handle"), "not_found"),
    "it is wrong in a way that nobody knows": (problem("InvalidRequest", "Error: no"), "shape_changed"),
    "too many requests": (reply({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429), "rate_limited"),
    "a server in trouble": (reply({"error": "UpstreamFailure"}, 502), "unreachable"),
    "a wall": (reply("<html>Forbidden</html>", 403), "shape_changed"),
    "a wall in place of a reason": (reply("<html>No</html>", 400), "shape_changed"),
}
SHAPES: Mapping[str, Body] = {
    "the count is gone": {"did": DID, "handle": "energy.gov"},
    "the count is a text": profile(followers="5000"),
    "the count is a truth": profile(followers=True),
    "the count is negative": profile(followers=-1),
    "the count is a fraction": profile(followers=5000.5),
    "the count is null": profile(followers=None),
    "the handle is gone": {"did": DID, "followersCount": 5_000},
    "the DID is a number": {**profile(), "did": 12},
    "the list is an object": {"profiles": profile()},
    "a list by itself": [profile()],
    "a page in place of JSON": SHELL,
    "cut short": '{"profiles":[{"did":"' + DID + '","handle":"energy.gov","followersCount":50',
}
PAGES: Mapping[str, Body] = {
    "the count is gone": page({"@type": "InteractionCounter", "interactionType": f"{LONG}/FollowAction"}),
    "the count is a text": page(interaction("5000")),
    "the count is negative": page(interaction(-5)),
    "two counts of followers": page(interaction(5_000), interaction(211)),
    "no count of followers": page(),
    "only what they wrote is counted": page(interaction(5_000, "Write")),
    "the handle is gone": page(interaction(5_000)).replace(b"alternateName", b"altName"),
    "its data is about nobody": page(interaction(5_000)).replace(b"mainEntity", b"entity"),
    "its data is no JSON": page(interaction(5_000)).replace(b"[", b"<"),
    "two profiles": page(interaction(5_000)) + page(interaction(7)),
    "only other data": f"<html><head>{OTHER}<title>Bluesky</title></head></html>",
    "only broken data": f"<html><head>{BROKEN}<title>Bluesky</title></head></html>",
    "cut short": page(interaction(5_000))[:-30],
    "nothing": "",
    "a text that never ends": '<script type="application/ld+json">"' + '\\"' * 200_000 + "</script>",
    "an apology": "<html><title>Error</title></html>",
    "a shell cut short": SHELL[:-7],
    "a shell with a status that nobody knows": reply(SHELL, 400),
    "a line break in its count": page(interaction(5_000)).replace(b"5000", b"50\n00"),
}

ROWS: tuple[Row, ...] = (
    good("one profile", "api", [profile()], EXACT, gives=IDS),
    good("one in a list", "api", [{"profiles": [profile()]}], EXACT, gives=IDS),
    good("the same twice", "api", [{"profiles": [profile(), profile()]}], EXACT),
    good("upper case", "api", [profile("Energy.GOV")], EXACT),
    good("nobody follows it", "api", [profile(followers=0)], Count(0)),
    good("pinned, and renamed", "api", [profile("doe.gov")], EXACT, ids=IDS),
    good("pinned, and its handle's proof is broken", "api", [profile("handle.invalid")], EXACT, ids=IDS),
    empty("nothing", "api", ["{}"], "shape_changed"),
    empty("a list of nobody", "api", [{"profiles": []}], "shape_changed"),
    *(error(what, "api", [body], reason) for what, (body, reason) in ERRORS.items()),
    *(changed(what, "api", [body], "shape_changed") for what, body in SHAPES.items()),
    stranger("somebody else", "api", [profile("nasa.gov", did=OTHER_DID)], "shape_changed"),
    stranger("somebody else in a list", "api", [{"profiles": [profile("nasa.gov", did=OTHER_DID)]}], "shape_changed"),
    stranger("the same handle under another DID", "api", [profile(did=OTHER_DID)], "shape_changed", ids=IDS),
    stranger("two who are both it", "api", [{"profiles": [profile(), profile(followers=9)]}], "shape_changed"),
    good("a page", "page", [page(interaction(5_000))], EXACT, gives=IDS),
    good("a page in upper case", "page", [page(interaction(5_000), handle="Energy.GOV")], EXACT),
    good("a page by its DID", "page", [page(interaction(5_000), handle="doe.gov")], EXACT, ids=IDS),
    good("a page with other data before", "page", [after(OTHER)], EXACT),
    good("a page with broken data before", "page", [after(BROKEN)], EXACT),
    good(
        "a page in other quotes",
        "page",
        [page(interaction(5_000)).replace(b'"application/ld+json"', b"'application/ld+json'")],
        EXACT,
    ),
    empty("a bare page, while others are shown", "page", [SHELL, SHOWN], "not_found"),
    empty("no page, while others have one", "page", [reply("", 404), SHOWN], "not_found"),
    empty("a bare page, and so for the control account", "page", [SHELL, SHELL], "blocked"),
    error("shown to members only", "page", [f"<html><title>Bluesky</title>{MEMBERS}</html>"], "private"),
    error("not welcome", "page", [reply("Forbidden", 403), SHOWN], "blocked"),
    error("too many requests", "page", [reply("", 429)], "rate_limited"),
    error("a server in trouble", "page", [reply("", 503)], "unreachable"),
    *(changed(what, "page", [body], "shape_changed") for what, body in PAGES.items()),
    stranger("somebody else's page", "page", [page(interaction(9), handle="nasa.gov")], "shape_changed"),
    stranger("another DID's page", "page", [page(interaction(9), did=OTHER_DID)], "shape_changed", ids=IDS),
)

TEST_SERVER = {"alice": 2, "bob": 2, "carol": 2, "dan": 1, "eve": 0, "frank": 0}
TRIO = {"favstats.eu": 3_608, "jbgruber.bsky.social": 1_224, "benguinaudeau.bsky.social": 820}

TABLE = Table(
    handle="energy.gov",
    means={
        "energy.gov": "energy.gov",
        "@energy.gov": "energy.gov",
        "Energy.GOV": "energy.gov",
        "nasa": "nasa.bsky.social",
        "@NASA": "nasa.bsky.social",
        "nasa.bsky.social": "nasa.bsky.social",
        "a-b.c-d.example.com": "a-b.c-d.example.com",
        DID: {"did": DID},
        "did:web:energy.gov": {"did": "did:web:energy.gov"},
        "https://bsky.app/profile/energy.gov": "energy.gov",
        "https://bsky.app/profile/Energy.gov/": "energy.gov",
        "http://www.bsky.app/profile/energy.gov?ref=share&utm_source=x": "energy.gov",
        "https://bsky.app/profile/energy.gov/followers": "energy.gov",
        "https://bsky.app/profile/energy.gov#top": "energy.gov",
        f"https://bsky.app/profile/{DID}": {"did": DID},
        f"https://bsky.app/profile/{DID.replace(':', '%3A')}/follows": {"did": DID},
        "https://staging.bsky.app/profile/nasa.bsky.social": "nasa.bsky.social",
        "https://deer.social/profile/nasa.bsky.social": "nasa.bsky.social",
        "https://nasa.bsky.social": "nasa.bsky.social",
        "at://energy.gov": "energy.gov",
        f"at://{DID}": {"did": DID},
        "@nasa.bsky.social": "nasa.bsky.social",
    },
    refused=(
        "energy gov",
        "@",
        "-energy.gov",
        "energy..gov",
        "energy_dept",
        "energy.gov.",
        "me@energy.gov",
        "192.168.0.1",
        "handle.invalid",
        "printer.local",
        "a" * 64,
        "did:plc:TOO-SHORT",
        "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
        "https://bsky.app/profile/energy.gov/post/3ljhlu2ijic2z",
        "https://bsky.app/profile/energy.gov/feed/science",
        "https://bsky.app/profile/energy.gov/lists/3l",
        "https://bsky.app/search?q=energy",
        "https://bsky.app/settings",
        "https://bsky.app/profile/",
        "https://bsky.app/profile/energy",
        "https://bsky.app.evil.example/profile/energy.gov",
        "https://bsky.app@evil.example/profile/energy.gov",
        "https://evil.example/profile/energy.gov",
        "https://api.bsky.social",
        f"at://{DID}/app.bsky.feed.post/3ljhlu2ijic2z",
        "https://bsky.app/@nasa",
        "https://bsky.app/users/nasa",
    ),
    rows=ROWS,
    simulated=("energy.gov", "nasa", "NNSA.bsky.social"),
    fates={
        "suspended": {"api by name": "suspended", "page": "not_found"},
        "withheld": {"api by name": "deactivated", "page": "not_found"},
        "left_out": {"api by name": COUNTED, "page": COUNTED},
        "hidden": {"api by name": COUNTED, "page": "private"},
        "private": {"api by name": COUNTED, "page": "private"},
        "spoilt": {"api by name": "shape_changed", "page": "shape_changed"},
        "renamed": {"api by name": "not_found", "page": "not_found"},
    },
    refusals={
        "too_many": {"api by name": "rate_limited", "page": "rate_limited"},
        "upstream": {"api by name": "unreachable", "page": "unreachable"},
        "forbidden": {"api by name": "shape_changed", "page": "blocked"},
    },
    folder="bluesky",
    recorded={
        "error_profile_not_found_400.json": [Recorded("api", "gone.bsky.social", "not_found", 400)],
        "error_suspended_400.json": [Recorded("api", "gone.bsky.social", "suspended", 400)],
        "error_rate_limited_429.json": [Recorded("api", "energy.gov", "rate_limited", 429)],
        "getProfile_2024_200.json": [Recorded("api", "shinyakato.dev", Count(4_945))],
        "getProfile_jbgruber_200.json": [Recorded("api", "jbgruber.bsky.social", Count(1_224))],
        "getProfile_no_profile_record_200.json": [Recorded("api", "noprofile.test", Count(0))],
        "getProfiles_25_duplicated_200.json": [Recorded("api", who, Count(number)) for who, number in TRIO.items()],
        "getProfiles_missing_omitted_zero_200.json": [
            *(Recorded("api", f"{who}.test", Count(number)) for who, number in TEST_SERVER.items()),
            Recorded("api", "missing.test", "shape_changed"),
        ],
        "getProfiles_single_200.json": [Recorded("api", "shinyakato.dev", Count(4_945))],
        "profile_page_trimmed.html": [Recorded("page", "stephenking.bsky.social", Count(1_101_177))],
    },
)
