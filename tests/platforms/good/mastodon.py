"""Good replies of Mastodon: a profile by its name, and accounts by their ids."""

from __future__ import annotations

from tests.platforms.good.reply import (
    ASKED,
    SECOND,
    STRANGER,
    THIRD,
    WATCHED,
    Doc,
    Good,
    Person,
    account,
    dumps,
    exactly,
)

SERVER = "tooters.example"


def tooter(person: Person) -> Person:
    """The account as it goes by on its server."""
    return Person(f"{person.handle.lower()}@{SERVER}", person.title, person.number, person.heads, person.likes)


US = tuple(map(tooter, ASKED))


def ids(person: Person) -> dict[str, str]:
    return {"local": f"{SERVER}/{person.number}", "uri": f"https://{SERVER}/users/{person.handle.partition('@')[0]}"}


def toot_profile(person: Person, **more: object) -> str:
    name = person.handle.lower()
    profile = {
        "id": person.number,
        "username": name,
        "acct": name,
        "display_name": person.title,
        "fqn": f"{name}@{SERVER}",
        "note": "12,345 followers!",
        "url": f"https://{SERVER}/@{name}",
        "followers_count": person.heads,
        "following_count": 211,
        "statuses_count": 7_269,
    }
    return dumps({**profile, **(more or {"uri": f"https://{SERVER}/users/{name}", "hide_collections": None})})


def toot_one(*, pinned: bool) -> Good:
    body = toot_profile(WATCHED)
    return Good(
        source="mastodon api",
        asked=(account("mastodon", US[0], ids(US[0]) if pinned else None),),
        body=body,
        truth=exactly(US[:1]),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((body, toot_profile(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={"uri": ids(US[0])["uri"]},
    )


def toot_pixel() -> Good:
    """As Pixelfed answers."""
    body = toot_profile(WATCHED, local=True)
    return Good(
        source="mastodon api",
        asked=(account("mastodon", US[0]),),
        body=body,
        truth=exactly(US[:1]),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((body, toot_profile(STRANGER, local=True)),),
        names=(WATCHED.handle.lower(),),
        ids={},
    )


def toot_many() -> Good:
    profiles = [toot_profile(person) for person in (SECOND, WATCHED, THIRD)]
    body = f"[{','.join(profiles)}]"
    return Good(
        source="mastodon api",
        asked=tuple(account("mastodon", each, ids(each)) for each in US),
        body=body,
        truth=exactly(US),
        docs=(Doc(body), Doc(profiles[1], own=True)),
        written=tuple(str(each.heads) for each in US),
        twins=((profiles[1], toot_profile(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={"uri": ids(US[0])["uri"]},
    )


def replies(*, pinned: bool) -> list[Good]:
    """One alone; and a list, as is only asked for by ids."""
    return [toot_one(pinned=pinned), toot_many() if pinned else toot_pixel()]
