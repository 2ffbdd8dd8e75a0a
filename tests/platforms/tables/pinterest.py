"""Pinterest: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count
from headcount.net.message import Reply
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

Json = dict[str, object]
IDS = {"pinterest": "259660872174066001"}
FOUND = Count(5_000)


def user(name: str = "Energy", heads: object = 5_000, uid: object = "259660872174066001") -> Json:
    return {
        "id": uid,
        "username": name,
        "full_name": "A",
        "board_count": 9,
        "follower_count": heads,
        "following_count": 7,
    }


def without(key: str) -> Json:
    return {name: value for name, value in user().items() if name != key}


def problem(status: int, code: int, message: str) -> Reply:
    return reply({"code": code, "message": message}, status)


STRANGER = user("someone", 99, "5")


def page(state: object, script: str = "__PWS_INITIAL_PROPS__") -> str:
    data = json.dumps(state)
    return f'<!doctype html><html lang="en"><body><script id="{script}" type="application/json">{data}</script></body>'


def users(*some: Json) -> Json:
    return {
        "initialReduxState": {
            "users": {str(each.get("id")): each for each in some},
            "boards": {"1": {"follower_count": 3}},
        }
    }


def profile(*some: Json) -> str:
    return page(users(*some))


CONTROL = profile(user("pinterest", 9, "424605208526455283"))

TABLE = Table(
    handle="energy",
    gives=IDS,
    means={
        "energy": "energy",
        "@Energy": "Energy",
        "nasa_jpl_7": "nasa_jpl_7",
        "https://www.pinterest.com/energy/": "energy",
        "http://pinterest.com/energy": "energy",
        "HTTPS://WWW.PINTEREST.COM/Energy": "Energy",
        "https://uk.pinterest.com/energy/": "energy",
        "https://m.pinterest.com/energy/": "energy",
        "https://www.pinterest.de/energy/": "energy",
        "https://www.pinterest.co.uk/energy": "energy",
        "https://www.pinterest.com.au/energy/": "energy",
        "https://pinterest.ca/energy/": "energy",
        "https://www.pinterest.com/energy/_saved/": "energy",
        "https://www.pinterest.com/energy/_created": "energy",
        "https://www.pinterest.com/energy/boards/": "energy",
        "https://www.pinterest.com/energy/followers": "energy",
        "https://www.pinterest.com/energy/?invite_code=1&sender=2": "energy",
        "https://www.pinterest.com/energy#x": "energy",
        "https://www.pinterest.com/ener%67y/": "energy",
        "//www.pinterest.com/energy": "energy",
    },
    refused=(
        "",
        "en",
        "energy.gov",
        "energy gov",
        "a" * 41,
        "https://www.pinterest.com/",
        "https://www.pinterest.com/pin/1234567890/",
        "https://www.pinterest.com/pin",
        "https://www.pinterest.com/ideas/",
        "https://www.pinterest.com/search/?q=energy",
        "https://www.pinterest.com/energy/solar-power/",
        "https://www.pinterest.com/energy/solar-power/more/",
        "https://pin.it/2AbCdEf",
        "https://i.pinimg.com/1/2.jpg",
        "https://business.pinterest.com/energy",
        "https://help.pinterest.com/energy",
        "https://www.pinterest.com.evil.example/energy",
        "https://www.pinterest.com@evil.example/energy",
        "https://evil.example/pinterest.com/energy",
        "https://www.pinterest.example/energy",
        "https://www.pinterest.com/@nasa-x",
    ),
    rows=(
        good("one's own account", "api", [{**user(), "account_type": "BUSINESS"}], FOUND),
        good("one's own account under its new name", "api", [user("energy_dept")], FOUND, ids=IDS),
        good("nought is a count", "api", [user(heads=0)], Count(0)),
        empty("no count is given", "api", [user(heads=None)], "hidden"),
        empty("no count is mentioned", "api", [without("follower_count")], "hidden"),
        empty("an empty object", "api", [{}], "shape_changed"),
        empty("nothing", "api", [""], "shape_changed"),
        error("a bad token", "api", [problem(401, 2, "Authentication failed.")], "bad_credentials"),
        error(
            "a token without the scope", "api", [problem(403, 403, "Not authorized to access")], "missing_permission"
        ),
        error("403 without words", "api", [reply("<html>", 403)], "missing_permission"),
        error("too many", "api", [problem(429, 8, "You have exceeded your rate limit.")], "rate_limited"),
        error("a server in trouble", "api", [reply("", 500)] * 3, "unreachable"),
        changed("the count is a text", "api", [user(heads="5000")], "shape_changed"),
        changed("the count is a boolean", "api", [user(heads=True)], "shape_changed"),
        changed("the count is negative", "api", [user(heads=-1)], "shape_changed"),
        changed("the count is a fraction", "api", [user(heads=5.0)], "shape_changed"),
        changed("the id is a number", "api", [user(uid=5)], "shape_changed"),
        changed("the name is left out", "api", [without("username")], "shape_changed"),
        changed("a list", "api", [[user()]], "shape_changed"),
        changed("a page", "api", ["<!doctype html><title>Pinterest</title>"], "shape_changed"),
        changed("cut short", "api", [json.dumps(user())[:-9]], "shape_changed"),
        stranger("the token is somebody else's", "api", [STRANGER], "not_found"),
        stranger("the name is somebody else's now", "api", [user(uid="5")], "not_found", ids=IDS),
        good("a profile", "page", [profile(user())], FOUND),
        good("a profile among others", "page", [profile(STRANGER, user(), {"id": "7"})], FOUND),
        good("a profile of 2023", "page", [page({"props": users(user())}, "__PWS_DATA__")], FOUND),
        good(
            "a profile of 2020",
            "page",
            [page({"resourceResponses": [{"response": {"data": {"user": user()}}}]}, "initial-state")],
            FOUND,
        ),
        good("the part of the state about a person", "page", [{"UserResource": {"x": {"data": user()}}}], FOUND),
        good("a pinned account under its new name", "page", [profile(user("energy_dept"))], FOUND, ids=IDS),
        good(
            "in two places, and both agree",
            "page",
            [page({**users(user()), "UserResource": {"x": {"data": user()}}})],
            FOUND,
        ),
        empty("nobody of that name", "page", [profile(), CONTROL], "not_found"),
        empty("nobody of that name, with 404", "page", [reply("<html>", 404), CONTROL], "not_found"),
        empty("nobody is shown", "page", [profile(), profile()], "blocked"),
        empty("nothing", "page", [""], "shape_changed"),
        error("a wall", "page", [reply("<html>", 403)], "blocked"),
        error("too many", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("", 502)] * 3, "unreachable"),
        changed("the count is left out", "page", [profile(without("follower_count"))], "shape_changed"),
        changed("the count is null", "page", [profile(user(heads=None))], "shape_changed"),
        changed("the count is a text", "page", [profile(user(heads="5000"))], "shape_changed"),
        changed("the count is a boolean", "page", [profile(user(heads=True))], "shape_changed"),
        changed("the count is negative", "page", [profile(user(heads=-1))], "shape_changed"),
        changed("the count is a fraction", "page", [profile(user(heads=5.0))], "shape_changed"),
        changed("no state", "page", ["<html><p>5,000 followers</p>"], "shape_changed"),
        changed("cut short", "page", [profile(user())[:-40]], "shape_changed"),
        changed(
            "two that differ",
            "page",
            [page({**users(user()), "UserResource": {"x": {"data": user(heads=4)}}})],
            "shape_changed",
        ),
        changed("two of one name", "page", [profile(user(), user(uid="5"))], "shape_changed"),
        stranger("somebody else", "page", [profile(STRANGER), CONTROL], "not_found"),
        stranger("the name is somebody else's now", "page", [profile(user(uid="5"))], "renamed_or_reused", ids=IDS),
        stranger("neither its name nor its id", "page", [profile(STRANGER), CONTROL], "not_found", ids=IDS),
        good(
            "its name is somebody else's, and it has a new one",
            "page",
            [profile(user(uid="5"), user("energy_dept"))],
            FOUND,
            ids=IDS,
        ),
        good("a broken state beside", "page", [profile(user()) + '<script id="initial-state">{oh}</script>'], FOUND),
        changed(
            "a broken state beside others only",
            "page",
            [profile(STRANGER) + '<script id="initial-state">{oh}</script>', CONTROL],
            "shape_changed",
        ),
        changed("a broken state only", "page", ['<script id="initial-state">{oh}</script>', CONTROL], "shape_changed"),
        changed("a state with a status that nobody knows", "page", [reply(profile(), 400), CONTROL], "shape_changed"),
    ),
    simulated=("energy", "ORNL_gov", "argonnelab"),
    fates={
        "suspended": {"page": "not_found"},
        "left_out": {"page": "not_found"},
        "hidden": {"page": "shape_changed"},
        "spoilt": {"page": "shape_changed"},
        "renamed": {"page": "not_found"},
        "private": {"page": COUNTED},
    },
    refusals={
        "token": {"api by name": "bad_credentials"},
        "scope": {"api by name": "missing_permission"},
        "too_many": {"api by name": "rate_limited"},
        "wall": {"page": "blocked"},
    },
    folder="pinterest",
    recorded={"user_resource_2019_74.json": [Recorded("page", "Bay122pj", Count(74))]},
    unused={
        "doc_openapi_user_account.json": "the description of an answer, and not one",
        "legacy_v1_user_not_found.json": "version 1 of the API, which is gone",
    },
)
