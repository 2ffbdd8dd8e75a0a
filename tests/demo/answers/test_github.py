"""What the demo server answers as GitHub: users, what has not changed, and what is left of the hour."""

from __future__ import annotations

import pytest

from headcount.demo.faults import Faults
from tests.demo.asking import demo

HANDLES = {"github": ("nasa", "usdoe")}
TOKEN = {"authorization": "Bearer simulated-github-token"}


async def test_the_same_user_by_name_by_id_and_as_an_organisation() -> None:
    async with demo(HANDLES) as here:
        (number,) = here.ids("github", "nasa")
        places = [f"github/api/{path}" for path in ("users/NASA", "orgs/nasa", f"user/{number}")]
        bodies = [(await here.get(place)).json for place in places]
        assert bodies[0] == bodies[1] == bodies[2]
        assert (bodies[0]["login"], bodies[0]["followers"]) == ("nasa", here.count("github", "nasa"))


async def test_what_has_not_changed_is_told_without_a_body_and_not_counted() -> None:
    async with demo(HANDLES) as here:
        first = await here.get("github/api/users/nasa", TOKEN)
        again = await here.get("github/api/users/nasa", {**TOKEN, "if-none-match": first.headers["etag"]})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert first.headers["x-ratelimit-remaining"] == again.headers["x-ratelimit-remaining"] == "4999"
        here.clock.move(30 * 86_400)
        later = await here.get("github/api/users/nasa", {**TOKEN, "if-none-match": first.headers["etag"]})
        assert later.status == 200
        assert later.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("tag", ['"another"', "", "*"])
async def test_another_tag_is_answered_in_full(tag: str) -> None:
    async with demo(HANDLES) as here:
        assert (await here.get("github/api/users/nasa", {"if-none-match": tag})).status == 200


async def test_a_tag_holds_for_one_caller_only() -> None:
    async with demo(HANDLES) as here:
        tag = (await here.get("github/api/users/nasa", TOKEN)).headers["etag"]
        assert (await here.get("github/api/users/nasa", {"if-none-match": tag})).status == 200


@pytest.mark.parametrize(
    ("refusal", "status", "header"),
    [
        ("token", 401, ""),
        ("primary", 403, "x-ratelimit-remaining"),
        ("secondary", 403, "retry-after"),
        ("nameless", 403, ""),
    ],
)
async def test_refusals_are_said_as_github_says_them(refusal: str, status: int, header: str) -> None:
    async with demo(HANDLES, faults={"github": Faults(refusal=refusal)}) as here:
        got = await here.get("github/api/users/nasa")
        assert got.status == status
        assert not header or header in got.headers
        assert got.json["message"]
