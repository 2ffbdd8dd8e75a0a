"""Good replies of GitHub: a user or an organisation, by name and by id."""

from __future__ import annotations

from tests.platforms.good.reply import STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def github_user(person: Person) -> dict[str, object]:
    return {
        "login": person.handle,
        "id": int(person.number),
        "node_id": "MDQ6VXNlcjE=",
        "type": "Organization",
        "name": person.title,
        "bio": "10,000 followers and counting",
        "public_repos": 926,
        "public_gists": 0,
        "followers": person.heads,
        "following": 211,
        "created_at": "2011-01-25T18:44:36Z",
    }


def replies(*, pinned: bool) -> list[Good]:
    """The one object that is answered for each account."""
    body, other = dumps(github_user(WATCHED)), dumps(github_user(STRANGER))
    return [
        Good(
            source="github api",
            asked=(account("github", WATCHED, {"github": WATCHED.number} if pinned else None),),
            body=body,
            truth=exactly([WATCHED]),
            docs=(Doc(body),),
            written=(str(WATCHED.heads),),
            twins=((body, other),),
            names=(WATCHED.handle,),
            ids={"github": WATCHED.number},
        )
    ]
