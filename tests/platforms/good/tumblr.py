"""Good replies of Tumblr: all of one's own blogs, and the followers of one in the same body.

The count of followers says nothing of whom it is about: it is not read where blogs are named, and misleads who trusts it.
"""

from __future__ import annotations

from tests.platforms.good.reply import STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def uuid(person: Person) -> str:
    return f"t:{person.number}{person.handle[:3].lower()}JH_Gsh".ljust(24, "a")


def tumblr_blog(person: Person) -> str:
    name = person.handle.lower().replace("_", "-")
    about = {"name": name, "title": person.title, "url": f"https://{name}.example/", "uuid": uuid(person)}
    return dumps({**about, "followers": person.heads, "posts": 3_456})


def tumblr_api(*, pinned: bool) -> Good:
    own = tumblr_blog(WATCHED)
    user = f'{{"name":"mallory","likes":606,"blogs":[{own}]}}'
    body = f'{{"meta":{{"status":200,"msg":"OK"}},"response":{{"total_users":{WATCHED.heads},"user":{user}}}}}'
    return Good(
        source="tumblr api",
        asked=(account("tumblr", WATCHED, {"tumblr": uuid(WATCHED)} if pinned else None),),
        body=body,
        truth=exactly([WATCHED]),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((own, tumblr_blog(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={"tumblr": uuid(WATCHED)},
    )


def replies(*, pinned: bool) -> list[Good]:
    """The blogs of a token's owner."""
    return [tumblr_api(pinned=pinned)]
