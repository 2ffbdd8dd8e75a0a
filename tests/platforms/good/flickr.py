"""Good replies of Flickr: a photostream with the models that it embeds, wrapped in `data` and as they were before."""

from __future__ import annotations

from tests.platforms.good.reply import FILLING, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly


def nsid(person: Person) -> str:
    return f"{person.number[:8]}@N02"


def flickr_main(person: Person, *, wrapped: bool) -> str:
    owner = {"id": nsid(person), "pathAlias": person.handle, "username": "So%2C%20many", "isDeleted": False}
    counts = {"followerCount": person.heads, "followingCount": 211}
    stream: dict[str, object] = {"owner": {"data": owner} if wrapped else owner, "totalItems": 7_269}
    return dumps(
        {
            "prefetched": FILLING,
            "photostream-models": [{"data": stream} if wrapped else stream],
            "person-profile-models": [{"data": {"photoCount": 7_269}}],
            "person-contacts-count-models": [{"data": counts} if wrapped else counts],
        }
    )


def flickr_page(*, pinned: bool, wrapped: bool) -> Good:
    main, other = flickr_main(WATCHED, wrapped=wrapped), flickr_main(STRANGER, wrapped=wrapped)
    export = f'{{"legend":[["photostream-models","0","data","owner"]],"main":{main}}}'
    return Good(
        source="flickr page",
        asked=(account("flickr", WATCHED, {"nsid": nsid(WATCHED)} if pinned else None),),
        body='<!DOCTYPE html><html lang="en-us"><head><title>Flickr</title></head><body><p>9,999 Followers</p>'
        f"<script>Y.ClientApp.init({{modelExport: {export}, auth: {{signedIn: false}}}});</script></body></html>",
        truth=exactly([WATCHED]),
        docs=(Doc(main),),
        written=(str(WATCHED.heads),),
        twins=((main, other),),
        names=(WATCHED.handle,),
        ids={"nsid": nsid(WATCHED)},
    )


def replies(*, pinned: bool) -> list[Good]:
    """Both ways of wrapping."""
    return [flickr_page(pinned=pinned, wrapped=True), flickr_page(pinned=pinned, wrapped=False)]
