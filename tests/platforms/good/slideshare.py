"""Good replies of SlideShare: a user's page."""

from __future__ import annotations

from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def slide_user(person: Person) -> str:
    about = {"id": int(person.number), "name": person.title, "login": person.handle, "slideshowCount": 311}
    counts = {"followersCount": person.heads, "followingCount": 70_519, "suspended": False, "isOrganization": True}
    return dumps({**about, "description": "We want 9,000,000 of you", **counts})


def slide_data(user: str) -> str:
    similar = f'"similar":[{slide_user(STRANGER)}]'
    return f'{{"props":{{"pageProps":{{{FILLED},{similar},"user":{user}}},"__N_SSP":true}},"page":"/[login]","query":{{}}}}'


def slide_html(data: str, person: Person = WATCHED) -> str:
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    shown = f"<h1>{person.title}</h1><span>{person.heads} Followers</span>"
    return f'<!DOCTYPE html><html lang="en"><head><title>We</title></head><body>{script}{shown}</body></html>'


def slide_page(*, pinned: bool) -> Good:
    user, other = slide_user(WATCHED), slide_user(STRANGER)
    data = slide_data(user)
    return Good(
        source="slideshare page",
        asked=(account("slideshare", WATCHED, {"slideshare": WATCHED.number} if pinned else None),),
        body=slide_html(data),
        truth=exactly([WATCHED]),
        docs=(Doc(data), Doc(user)),
        written=(str(WATCHED.heads),),
        twins=((user, other), (data, slide_data(other)), (slide_html(data), slide_html(slide_data(other), STRANGER))),
        names=(WATCHED.handle,),
        ids={"slideshare": WATCHED.number},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A user's page."""
    return [slide_page(pinned=pinned)]
