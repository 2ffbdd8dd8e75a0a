"""Good replies of Pinterest: one's own account, and the states of profile pages."""

from __future__ import annotations

from tests.platforms.good.reply import FILLING, SECOND, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def pin_user(person: Person) -> dict[str, object]:
    return {
        "id": person.number,
        "username": person.handle,
        "full_name": person.title,
        "board_count": 926,
        "follower_count": person.heads,
        "following_count": 211,
        "pin_count": 7_269,
    }


def pin_api(*, pinned: bool) -> Good:
    body, other = dumps(pin_user(WATCHED)), dumps(pin_user(STRANGER))
    return Good(
        source="pinterest api",
        asked=(account("pinterest", WATCHED, {"pinterest": WATCHED.number} if pinned else None),),
        body=body,
        truth=exactly([WATCHED]),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((body, other),),
        names=(WATCHED.handle,),
        ids={"pinterest": WATCHED.number},
    )


def pin_page(marker: str, start: str, end: str, *, pinned: bool) -> Good:
    own, other = (f'"{person.number}":{dumps(pin_user(person))}' for person in (WATCHED, STRANGER))
    between = f'"{SECOND.number}":{dumps(pin_user(SECOND))}'
    data = f'{start}{{"pins":{dumps({"prefetched": FILLING})},"users":{{{between},{own}}}}}{end}'
    return Good(
        source="pinterest page",
        asked=(account("pinterest", WATCHED, {"pinterest": WATCHED.number} if pinned else None),),
        body='<!DOCTYPE html><html lang="en"><head><title>9,999 followers</title></head><body>'
        f'<script id="{marker}" type="application/json">{data}</script></body></html>',
        truth=exactly([WATCHED]),
        docs=(Doc(data),),
        written=(str(WATCHED.heads),),
        twins=((own, other),),
        names=(WATCHED.handle,),
        ids={"pinterest": WATCHED.number},
    )


def replies(*, pinned: bool) -> list[Good]:
    """The API, and the page with today's state and an older one."""
    return [
        pin_api(pinned=pinned),
        pin_page("__PWS_INITIAL_PROPS__", '{"initialReduxState":', "}", pinned=pinned),
        pin_page("__PWS_DATA__", '{"props":{"initialReduxState":', "}}", pinned=pinned),
    ]
