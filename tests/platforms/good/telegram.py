"""Good replies of Telegram: how many are in a chat that is asked for by its id, and public pages.

How many are in a chat that is asked for by its name says nothing of the name, and so cannot gainsay it: that is left out here.
"""

from __future__ import annotations

from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, exactly

CHANNEL = {"channel": WATCHED.number}


def members() -> Good:
    """A count does not say whose it is: the id that was asked for does."""
    about = '"description":"RiverLab"'
    body = f'{{"ok":true,"result":{WATCHED.heads},{about}}}'
    return Good(
        source="telegram api",
        asked=(account("telegram", WATCHED, CHANNEL),),
        body=body,
        truth=exactly([WATCHED]),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((about, about.replace("RiverLab", STRANGER.handle)),),
        names=(WATCHED.handle,),
        ids={},
    )


def spaced(person: Person) -> str:
    return f"{person.heads:,}".replace(",", " ")


def block(person: Person, heads: str) -> str:
    opens = f"tg://resolve?domain={person.handle}"
    return f"""<meta property="al:ios:url" content="{opens}"></head><body><div class="tgme_page">
<div class="tgme_page_title" dir="auto"><span dir="auto">{person.title.replace("&", "&amp;")}</span></div>
<div class="tgme_page_extra">{heads} subscribers</div>
<div class="tgme_page_description">We want 9 000 000 subscribers, as <a href="tg://resolve?domain=mallory">they</a></div>
<a class="tgme_action_button_new shine" href="{opens}">View in Telegram</a></div>"""


def preview(*, pinned: bool, heads: str, other: str) -> Good:
    own, filled = block(WATCHED, heads), f"{{{FILLED}}}"
    return Good(
        source="telegram page",
        asked=(account("telegram", WATCHED, CHANNEL if pinned else None),),
        body=f'<!DOCTYPE html>\n<html lang="en"><head>\n{own}\n<script type="application/json">{filled}</script></body></html>',
        truth=exactly([WATCHED]),
        docs=(Doc(filled),),
        written=(heads,),
        twins=((own, block(STRANGER, other)),),
        names=(WATCHED.handle,),
        ids={},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A count by id, and pages that write it in two ways."""
    page = preview(pinned=pinned, heads=f"{WATCHED.heads:,}", other=f"{STRANGER.heads:,}")
    return [page, members() if pinned else preview(pinned=False, heads=spaced(WATCHED), other=spaced(STRANGER))]
