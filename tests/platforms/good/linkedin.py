"""Good replies of LinkedIn: an organisation and its size, a size alone, and the public page."""

from __future__ import annotations

from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly

NUMBER = {"organization": WATCHED.number}


def organization(person: Person) -> str:
    return dumps({"id": int(person.number), "vanityName": person.handle.lower(), "localizedName": person.title})


def looked_up() -> Good:
    """Whose name it is, and the size, in one: both questions are answered with the same."""
    own, other = organization(WATCHED), organization(STRANGER)
    body = f'{{"paging":{{"start":0,"count":10}},"elements":[{own}],"firstDegreeSize":{WATCHED.heads}}}'
    return Good(
        source="linkedin api",
        asked=(account("linkedin", WATCHED),),
        body=body,
        truth=exactly((WATCHED,)),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((own, other),),
        names=(WATCHED.handle.lower(),),
        ids=NUMBER,
        options={"version": "202601"},
    )


def sized() -> Good:
    """A size does not say whose it is: the number that was asked for does."""
    about = '"localizedName":"RiverLab","localizedWebsite":"https://river.example"'
    body = f'{{"entity":{{{about}}},"firstDegreeSize":{WATCHED.heads}}}'
    return Good(
        source="linkedin api",
        asked=(account("linkedin", WATCHED, NUMBER),),
        body=body,
        truth=exactly((WATCHED,)),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((about, about.replace("RiverLab", STRANGER.handle)),),
        names=(WATCHED.handle,),
        ids={},
        options={"version": "202601"},
    )


def metas(person: Person) -> str:
    title = person.title.replace("&", "&amp;")
    about = f"{title} | {person.heads:,} followers on LinkedIn. We want | 9,000,000 followers on LinkedIn"
    return f"""<meta property="og:title" content="{title} | LinkedIn">
<meta property="og:description" content="{about}">
<meta property="og:url" content="https://uk.linkedin.com/company/{person.handle.lower()}">"""


def card(person: Person) -> str:
    return f"""<h3 class="top-card-layout__first-subline font-sans text-md leading-open">
  London, London <span class="before:middot"></span> {person.heads:,} followers

</h3>"""


def page(*, pinned: bool) -> Good:
    heads, others = metas(WATCHED), metas(STRANGER)
    own, other = card(WATCHED), card(STRANGER)
    urn = f'<div data-semaphore-content-urn="urn:li:organization:{WATCHED.number}"></div>'
    data = dumps({"@type": "Organization", "name": WATCHED.title, "numberOfEmployees": {"value": 69}})
    return Good(
        source="linkedin page",
        asked=(account("linkedin", WATCHED, NUMBER if pinned else None),),
        body=f'<!DOCTYPE html>\n<html lang="en"><head>\n<title>River Lab | LinkedIn</title>\n{heads}\n'
        f'<script type="application/ld+json">{data}</script>\n</head><body>\n{own}\n{urn}\n<h3>Similar</h3>'
        f"<p> 2,293,884 followers </p><code>{{{FILLED}}}</code>\n</body></html>",
        truth=exactly((WATCHED,)),
        docs=(Doc(data),),
        written=(f"{WATCHED.heads:,}",),
        twins=((heads, others), (own, other)),
        names=(WATCHED.handle.lower(),),
        ids=NUMBER,
        copies=(f"{WATCHED.heads:,}",),
    )


def replies(*, pinned: bool) -> list[Good]:
    """By its number where that is pinned, else by its name; and the public page."""
    return [sized() if pinned else looked_up(), page(pinned=pinned)]
