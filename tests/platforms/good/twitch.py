"""Good replies of Twitch: who a channel is, and how many follow it, in one body, for the mutation test has one.

The channel has its count too, as it had in Twitch's older interface: it is not read, and misleads who trusts it.
"""

from __future__ import annotations

from tests.platforms.good.reply import STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def twitch_user(person: Person) -> str:
    about = {"id": person.number, "login": person.handle.lower(), "display_name": person.title, "type": ""}
    counts = {"view_count": 70_519, "followers": person.heads}
    return dumps({**about, "broadcaster_type": "partner", **counts, "created_at": "2016-12-14T20:32:28Z"})


def twitch_api(*, pinned: bool) -> Good:
    user = twitch_user(WATCHED)
    body = f'{{"total":{WATCHED.heads},"data":[{user}],"pagination":{{"cursor":"eyJiIjpudWxsfQ"}}}}'
    return Good(
        source="twitch api",
        asked=(account("twitch", WATCHED, {"twitch": WATCHED.number} if pinned else None),),
        body=body,
        truth=exactly([WATCHED]),
        docs=(Doc(body), Doc(user)),
        written=(str(WATCHED.heads),),
        twins=((user, twitch_user(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={"twitch": WATCHED.number},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A channel."""
    return [twitch_api(pinned=pinned)]
