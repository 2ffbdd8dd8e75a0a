"""Tumblr: one's own blogs."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.replaying import Body, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

UUID = "t:0aY0xL2Fi1OFJg4YxpmegQ"
IDS = {"tumblr": UUID}
EXACT = Count(5_000)


def told(response: object, status: int = 200, message: str = "OK") -> dict[str, object]:
    return {"meta": {"status": status, "msg": message}, "response": response}


def followers(total: object = 5_000) -> dict[str, object]:
    return told({"total_users": total, "users": [{"name": "mallory", "following": True, "updated": 1_308_781_073}]})


def blog(name: str = "energy", heads: object = 5_000, **more: object) -> dict[str, object]:
    return {"name": name, "title": "We", "url": f"https://{name}.tumblr.com/", "followers": heads, **more}


def own(*blogs: object) -> dict[str, object]:
    return told({"user": {"name": "mallory", "following": 263, "likes": 606, "blogs": blogs}})


def refused(status: int, message: str, **headers: str) -> Reply:
    return reply(told([], status, message), status, **headers)


LIMIT = "Limit Exceeded"
DAY_OVER = {"x_ratelimit_perday_remaining": "0", "x_ratelimit_perday_reset": "40000"}
HOUR_OVER = {"x_ratelimit_perhour_remaining": "0", "x_ratelimit_perhour_reset": "400"}
ERRORS: Mapping[str, tuple[Body, Reason]] = {
    "no such blog": (refused(404, "Not Found"), "not_found"),
    "no such blog, replayed without its status": (told([], 404, "Not Found"), "not_found"),
    "a bad token": (refused(401, "Unauthorized"), "bad_credentials"),
    "a bad token, replayed without its status": (told([], 401, "Unauthorized"), "bad_credentials"),
    "somebody else's blog": (refused(403, "Forbidden"), "missing_permission"),
    "the day's calls are used up": (refused(429, LIMIT, **DAY_OVER), "quota_exhausted"),
    "the hour's calls are used up": (refused(429, LIMIT, **HOUR_OVER), "rate_limited"),
    "too many requests": (refused(429, LIMIT), "rate_limited"),
    "too many requests, without words": (reply("", 429), "rate_limited"),
    "a bad request": (refused(400, "Bad Request"), "shape_changed"),
    "a server in trouble": (refused(503, "Service Unavailable"), "unreachable"),
    "a page of a server in trouble": (reply("<html>", 502), "unreachable"),
    "a server in trouble that says it does not know it": (reply(told([], 404, "Not Found"), 502), "unreachable"),
    "a page of a proxy that knows nothing": (reply("<html>", 404), "shape_changed"),
    "words of a proxy that knows nothing": (reply({"message": "Not Found"}, 404), "shape_changed"),
    "another word than its status": (reply(told([], 403, "Forbidden"), 404), "shape_changed"),
}
SHAPES: Mapping[str, Body] = {
    "the count is gone": told({"users": []}),
    "the count has another name": told({"followers": 5_000}),
    "the count stands elsewhere": {"meta": {"status": 200}, "total_users": 5_000},
    "the count is a text": followers("5000"),
    "the count is a truth": followers(total=True),
    "the count is negative": followers(-5),
    "the count is a fraction": followers(5_000.5),
    "the count is null": followers(None),
    "the count stands there twice": '{"meta":{"status":200},"response":{"total_users":5000,"total_users":9}}',
    "a blog without a count": own({"name": "energy", "url": "https://energy.tumblr.com/"}),
    "a blog's count is a text": own(blog(heads="5000")),
    "a blog's count is negative": own(blog(heads=-1)),
    "two blogs of one name": own(blog(), blog(heads=9)),
    "a blog's id is no id": own(blog(uuid="s3cret-of-the-token-owner")),
    "a blog's id is too short": own(blog(uuid=UUID[:-1])),
    "a blog's id is a path": own(blog(uuid="t:../../../../../../../../")),
    "what is public of a blog": told({"blog": {"name": "energy", "posts": 3_456, "likes": 12_345}}),
    "a page in place of JSON": "<html>5,000 followers</html>",
    "cut short": '{"meta":{"status":200,"msg":"OK"},"response":{"total_users":50',
    "nothing at all": "",
}

ROWS: tuple[Row, ...] = (
    good("the followers of a blog", "api", [followers()], EXACT, gives={}),
    good("nobody follows it", "api", [followers(0)], Count(0)),
    good("pinned", "api", [followers()], EXACT, ids=IDS),
    good("all of one's own blogs", "api", [own(blog("other", 9), blog(uuid=UUID))], EXACT, gives=IDS),
    good("all of one's own blogs, without ids", "api", [own(blog("Energy"), blog("other", 9))], EXACT, gives={}),
    good("all of one's own blogs, one renamed", "api", [own(blog("doe", uuid=UUID))], EXACT, ids=IDS),
    empty("none of one's own blogs", "api", [own()], "not_found"),
    empty("an empty answer", "api", [told([])], "shape_changed"),
    *(error(what, "api", [body], reason) for what, (body, reason) in ERRORS.items()),
    *(changed(what, "api", [body], "shape_changed") for what, body in SHAPES.items()),
    stranger("other blogs of one's own", "api", [own(blog("other", 9), blog("third", 8))], "not_found"),
    stranger("its name is another blog's now", "api", [own(blog(uuid=f"{UUID[:-1]}A"))], "renamed_or_reused", ids=IDS),
)

TABLE = Table(
    handle="energy",
    means={
        "energy": "energy",
        "@Energy": "energy",
        "us-energy-dept": "us-energy-dept",
        UUID: IDS,
        "https://energy.tumblr.com": "energy",
        "http://energy.tumblr.com/": "energy",
        "HTTPS://Energy.Tumblr.com/": "energy",
        "energy.tumblr.com": "energy",
        "//energy.tumblr.com": "energy",
        "https://energy.tumblr.com/archive": "energy",
        "https://energy.tumblr.com/tagged/solar": "energy",
        "https://energy.tumblr.com?utm_source=x": "energy",
        "https://www.tumblr.com/energy": "energy",
        "https://www.tumblr.com/Energy/": "energy",
        "https://tumblr.com/@energy": "energy",
        "https://www.tumblr.com/blog/energy": "energy",
        "https://www.tumblr.com/blog/view/energy": "energy",
        "https://www.tumblr.com/login_required/energy": "energy",
        "https://www.tumblr.com/energy?source=share": "energy",
        "https://www.tumblr.com/energy/archive#top": "energy",
        "https://www.tumblr.com/%65nergy": "energy",
        "https://www.tumblr.com/energy/tagged/solar": "energy",
    },
    refused=(
        "https://www.tumblr.com/",
        "https://www.tumblr.com/dashboard",
        "https://www.tumblr.com/search/energy",
        "https://www.tumblr.com/tagged/energy",
        "https://www.tumblr.com/explore/trending",
        "https://www.tumblr.com/energy/712345678901234567/solar-power",
        "https://energy.tumblr.com/post/712345678901234567/solar-power",
        "https://energy.tumblr.com/712345678901234567",
        "https://at.tumblr.com/energy/solar-power/abc",
        "https://api.tumblr.com/v2/blog/energy/info",
        "https://64.media.tumblr.com/energy",
        "https://tumblr.com.evil.example/energy",
        "https://energy.tumblr.com.evil.example/",
        "https://tumblr.com@evil.example/energy",
        "https://evil.example/tumblr.com/energy",
        "-energy",
        "energy-",
        "en_ergy",
        "en ergy",
        "e" * 33,
        "t:short",
        "dashboard",
        "https://www.tumblr.com/blog/view/energy/123",
        "https://www.tumblr.com/users/energy",
        "https://www.tumblr.com/blog/view/energy/712345678901234567",
    ),
    rows=ROWS,
    simulated=("energy", "us-national-lab", "Ocean-Explorer"),
    fates={
        "withheld": {"api by name": "missing_permission"},
        "suspended": {"api by name": "not_found"},
        "left_out": {"api by name": "not_found"},
        "spoilt": {"api by name": "shape_changed"},
        "renamed": {"api by name": "not_found"},
        "reused": {"api by name": COUNTED},
    },
    refusals={
        "unauthorized": {"api by name": "bad_credentials"},
        "forbidden": {"api by name": "missing_permission"},
        "too_many": {"api by name": "rate_limited"},
        "day_used_up": {"api by name": "quota_exhausted"},
    },
    folder="tumblr",
    recorded={
        "doc_blog_followers_200.json": [Recorded("api", "one-s-own", Count(2_684))],
        "doc_user_info_200.json": [Recorded("api", "derekg", Count(33_004_929)), Recorded("api", "david", "not_found")],
        "doc_blog_info_200_no_followers.json": [Recorded("api", "david", "shape_changed")],
    },
)
