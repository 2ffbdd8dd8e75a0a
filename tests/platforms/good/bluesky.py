"""Good replies of Bluesky: many profiles, one, and the public page."""

from __future__ import annotations

from tests.platforms.good.reply import (
    ASKED,
    FILLED,
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

LETTERS = str.maketrans("0123456789", "acegikmoqs")


def sky(person: Person) -> Person:
    """The account as it goes by on Bluesky."""
    handle = f"{person.handle.replace('_', '-').lower()}.bsky.social"
    return Person(handle, person.title, person.number, person.heads, person.likes)


def did(person: Person) -> str:
    return f"did:plc:{person.number.translate(LETTERS)}{person.number[::-1].translate(LETTERS)}"


US = tuple(map(sky, ASKED))
MALLORY = sky(STRANGER)


def sky_profile(person: Person) -> str:
    return dumps(
        {
            "did": did(person),
            "handle": person.handle,
            "displayName": person.title,
            "description": "12,345 followers!",
            "associated": {"lists": 2, "chat": {"allowIncoming": "following"}},
            "followersCount": person.heads,
            "followsCount": 211,
            "postsCount": 7_269,
        }
    )


def sky_many(*, pinned: bool) -> Good:
    profiles = [sky_profile(sky(person)) for person in (SECOND, WATCHED, THIRD)]
    body = f'{{"profiles":[{",".join(profiles)}]}}'
    return Good(
        source="bluesky api",
        asked=tuple(account("bluesky", each, {"did": did(each)} if pinned else None) for each in US),
        body=body,
        truth=exactly(US),
        docs=(Doc(body), Doc(profiles[1], own=True)),
        written=tuple(str(each.heads) for each in US),
        twins=((profiles[1], sky_profile(MALLORY)),),
        names=(US[0].handle,),
        ids={"did": did(US[0])},
    )


def sky_one(*, pinned: bool) -> Good:
    body = sky_profile(US[0])
    return Good(
        source="bluesky api",
        asked=(account("bluesky", US[0], {"did": did(US[0])} if pinned else None),),
        body=body,
        truth=exactly(US[:1]),
        docs=(Doc(body),),
        written=(str(US[0].heads),),
        twins=((body, sky_profile(MALLORY)),),
        names=(US[0].handle,),
        ids={"did": did(US[0])},
    )


def sky_data(person: Person) -> str:
    counted = {"@type": "InteractionCounter", "interactionType": "https://schema.org/FollowAction"}
    entity = {
        "@type": "Person",
        "name": person.title,
        "alternateName": f"@{person.handle}",
        "identifier": did(person),
        "interactionStatistic": [{**counted, "userInteractionCount": person.heads}],
        "agentInteractionStatistic": [{**counted, "userInteractionCount": 211}],
    }
    return dumps({"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": entity})


def sky_page(*, pinned: bool) -> Good:
    data, other = sky_data(US[0]), sky_data(MALLORY)
    scripts = [f'<script type="application/ld+json">{each}</script>' for each in (data, other)]
    return Good(
        source="bluesky page",
        asked=(account("bluesky", US[0], {"did": did(US[0])} if pinned else None),),
        body=f'<!DOCTYPE html>\n<html lang="en"><head><title>Bluesky</title>{scripts[0]}</head><body>'
        f'<a aria-label="{US[0].heads} followers"></a><script>{{{FILLED}}}</script></body></html>',
        truth=exactly(US[:1]),
        docs=(Doc(data),),
        written=(str(US[0].heads),),
        twins=((scripts[0], scripts[1]), (data, other)),
        names=(US[0].handle,),
        ids={"did": did(US[0])},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A batch, one alone, and the public page."""
    return [sky_many(pinned=pinned), sky_one(pinned=pinned), sky_page(pinned=pinned)]
