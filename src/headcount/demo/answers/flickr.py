"""Flickr: photostreams, by alias, by id and by short link.

Fates: `suspended` is deleted; `hidden` shows no count; `spoilt` has words in its place; `left_out` stands on a page without an
owner, as `/photos/tags/` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from headcount.demo.calls import Call, Response, redirect
from headcount.demo.contract import Answers, Route
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person
from headcount.demo.world import World

WALL = page("<title>Human Verification</title>", status=403)
NOBODY = page("<title>Flickr</title>", "<h1>This is not the page you're looking for.</h1>", status=404)


def photostream(call: Call, world: World) -> Response:
    """The page of whoever has that alias or id."""
    name = call.parts["name"]
    person = world.named(name) or world.identified(name)
    if person is None:
        return NOBODY
    models: dict[str, object] = {"photo-models": ballast(world.page_bytes)}
    if person.fate != "left_out":
        models |= _theirs(person, world)
    export = {"legend": [["photostream-models", "0", "data", "owner"]], "main": models}
    return page(
        f"<title>{person.handle} | Flickr</title>",
        script(export, prefix="Y.ClientApp.init({auth: {}, modelExport: ", suffix=", auth: {signedIn: false}});"),
    )


def _theirs(person: Person, world: World) -> Mapping[str, object]:
    owner = {
        "_flickrModelRegistry": "person-models",
        "id": quote(person.id),
        "pathAlias": person.handle,
        "username": quote(f"{person.handle}, photos"),
        "isDeleted": person.fate == "suspended",
    }
    counts: dict[str, object] = {"followerCount": world.count(person), "followingCount": person.number % 900}
    if person.fate in {"hidden", "spoilt"}:
        counts["followerCount"] = None if person.fate == "hidden" else "12.3K"
    return {
        "photostream-models": [{"data": {"owner": {"data": owner}, "totalItems": person.number % 7_000}}],
        "person-profile-models": [{"data": {"photoCount": person.number % 7_000}}],
        "person-contacts-count-models": [{"data": counts}],
    }


def short(call: Call, world: World) -> Response:
    """A short link leads to the photostream; the simulation takes whoever comes first."""
    return redirect(f"{call.base.removesuffix('short')}page/photos/{world.first().handle}/")


def identify(handle: str, number: int) -> tuple[str, ...]:
    """`12345678@N05`."""
    return (f"{10_000_000 + number % 90_000_000}@N{number % 9:02}",)


ANSWERS = Answers(
    routes=(
        Route("GET", "page", "/photos/{name}/", photostream),
        Route("GET", "page", "/people/{name}/", photostream),
        Route("GET", "short", "/ps/{code}", short),
    ),
    identify=identify,
    refusals={"riddle": WALL},
    page_bytes=400_000,
)
