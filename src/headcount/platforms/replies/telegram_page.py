"""The public page of a name on Telegram: whom it offers to open, and below its title how many are in it."""

from __future__ import annotations

import html
import re
from collections.abc import Collection

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import counts
from headcount.platforms.kit.contract import Absent

OPENS = re.compile(rb'(?:url" content|_new[^"]{0,200}" href)="tg://resolve\?domain=([^"&]{0,200})')
"""Whom the page offers to open: links that people write elsewhere on it are not looked at."""
EXTRA = re.compile(rb'<div class="tgme_page_extra">([^<]{0,200})</div>')
COUNTED = re.compile(r"(?P<count>[0-9][0-9., ]*[KMB]?) (?:subscriber|member)s?(?:, [0-9][0-9., ]*[KMB]? online)?")
GAP = re.compile(r"(?<=[0-9]) (?=[0-9]{3})")
"""Thousands stand apart there as in no language in particular."""


def read(account: Account, reply: Reply) -> Reading | Absent:
    """What a page says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    names, texts = _names(reply.body), _texts(reply.body)
    if names != {account.handle.lower()}:
        raise ShapeChanged(f"the page is about {', '.join(sorted(names)) or 'nobody'} (HTTP {reply.status})")
    if count := _count(texts):
        return Reading(account, "followers", count, account.handle)
    if _countless(reply.body, texts):
        return Absent(account, "neither a channel nor a group")
    raise ShapeChanged(f"no count on its page (HTTP {reply.status})")


def _names(page: bytes) -> set[str]:
    return {name.decode("utf-8", "replace").lower() for name in OPENS.findall(page)}


def _texts(page: bytes) -> set[str]:
    """What stands below the title: a count, or a person's name once more."""
    return {" ".join(html.unescape(text.decode("utf-8", "replace")).split()) for text in EXTRA.findall(page)}


def _count(texts: Collection[str]) -> Count | None:
    found = COUNTED.fullmatch(next(iter(texts))) if len(texts) == 1 else None
    return counts.read(GAP.sub(",", found["count"]), rounding="unknown") if found else None


def _countless(page: bytes, texts: Collection[str]) -> bool:
    """A whole page with a name at most: of a person, a bot or nobody, which all look alike."""
    return b"</html>" in page and all(text.startswith("@") for text in texts)
