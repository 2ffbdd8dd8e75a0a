"""Good replies of Chirp: birds, and a nest."""

from __future__ import annotations

from tests.platforms.good.reply import ASKED, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def bird(person: Person) -> str:
    return dumps({"id": f"b-{person.number}", "name": person.handle.lower(), "watchers": person.heads, "caged": False})


def nest(*, pinned: bool) -> Good:
    data = bird(WATCHED)
    return Good(
        source="chirp page",
        asked=(account("chirp", WATCHED, {"bird": f"b-{WATCHED.number}"} if pinned else None),),
        body=f'<html><script id="nest">{data}</script></html>',
        truth=exactly([WATCHED]),
        docs=(Doc(data),),
        written=(str(WATCHED.heads),),
        twins=((data, bird(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={"bird": f"b-{WATCHED.number}"},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A flock."""
    birds = [bird(person) for person in ASKED]
    body = f'{{"birds":[{",".join(birds)}]}}'
    return [
        nest(pinned=pinned),
        Good(
            source="chirp api",
            asked=tuple(account("chirp", each, {"bird": f"b-{each.number}"} if pinned else None) for each in ASKED),
            body=body,
            truth=exactly(ASKED),
            docs=(Doc(body), Doc(birds[0], own=True)),
            written=tuple(str(each.heads) for each in ASKED),
            twins=((birds[0], bird(STRANGER)),),
            names=(WATCHED.handle.lower(),),
            ids={"bird": f"b-{WATCHED.number}"},
        ),
    ]
