"""Good replies of Vimeo: a user, and the page's data for search engines."""

from __future__ import annotations

from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def pinned_id(person: Person, *, pinned: bool) -> dict[str, str] | None:
    return {"user": person.number} if pinned else None


def vimeo_user(person: Person) -> str:
    uri, link = f"/users/{person.number}", f"https://vimeo.com/{person.handle.lower()}"
    following = {"uri": f"{uri}/following", "options": ["GET"], "total": 211}
    followers = {"uri": f"{uri}/followers", "options": ["GET"], "total": person.heads}
    connections = {"followers": followers, "following": following, "likes": {"total": 7_269}}
    return dumps({"uri": uri, "name": person.title, "link": link, "metadata": {"connections": connections}})


def vimeo_api(*, pinned: bool) -> Good:
    body = vimeo_user(WATCHED)
    return Good(
        source="vimeo api",
        asked=(account("vimeo", WATCHED, pinned_id(WATCHED, pinned=pinned)),),
        body=body,
        truth=exactly([WATCHED]),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((body, vimeo_user(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={"user": WATCHED.number},
    )


def vimeo_profile(person: Person) -> str:
    counted = {"interactionType": "https://schema.org/FollowAction", "userInteractionCount": person.heads}
    about = {"@type": "Person", "name": person.title, "url": f"https://vimeo.com/{person.handle.lower()}"}
    statistic = {"@type": "InteractionCounter", **counted}
    entity = {**about, "identifier": person.number, "interactionStatistic": statistic}
    return dumps({"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": entity})


def vimeo_page(*, pinned: bool) -> Good:
    own, other = vimeo_profile(WATCHED), vimeo_profile(STRANGER)
    data = f'[{{"@type":"BreadcrumbList","itemListElement":[]}},{own}]'
    return Good(
        source="vimeo page",
        asked=(account("vimeo", WATCHED, pinned_id(WATCHED, pinned=pinned)),),
        body='<!DOCTYPE html><html lang="en"><head><title>9M followers</title>'
        f'<script type="application/ld+json">{data}</script></head><body><script>{{{FILLED}}}</script></body></html>',
        truth=exactly([WATCHED]),
        docs=(Doc(data), Doc(own)),
        written=(str(WATCHED.heads),),
        twins=((own, other), (data, f"[{other}]")),
        names=(WATCHED.handle.lower(),),
        ids={"user": WATCHED.number},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A user, and a page."""
    return [vimeo_api(pinned=pinned), vimeo_page(pinned=pinned)]
