"""How a count is had from a page by parsing all of its HTML: as the first system did, and by a quicker parser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from benchmarks.parts.pages import Page

Texts = list[str]
UNITS: Mapping[str, float] = {"": 1, "thousand": 1e3, "million": 1e6}


def by_beautiful_soup(page: Page) -> int | None:
    """With Python's own parser below it, which is what one gets who asks for nothing else."""
    soup = BeautifulSoup(page.reply.body, "html.parser")
    return READERS[page.slug]([script.get_text() for script in soup.find_all("script")], page.account.handle)


def by_selectolax(page: Page) -> int | None:
    """By Lexbor."""
    tree = LexborHTMLParser(page.reply.body)
    return READERS[page.slug]([script.text() for script in tree.css("script")], page.account.handle)


def _channel(scripts: Texts, _handle: str) -> int | None:
    text = next(script for script in scripts if "ytInitialData" in script)
    found = re.search(
        r'"accessibilityLabel":"([0-9.,]+) ?(\w*) subscribers"', text[text.rindex('"pageHeaderViewModel"') :]
    )
    return round(float(found[1].replace(",", "")) * UNITS[found[2]]) if found else None


def _profile(scripts: Texts, _handle: str) -> int | None:
    text = next(script for script in scripts if "xig_user_by_username" in script)
    found = re.search(r'"follower_count":([0-9]+)', text)
    return int(found[1]) if found else None


def _timeline(scripts: Texts, handle: str) -> int | None:
    text = next(script for script in scripts if '"timeline"' in script)
    entries = json.loads(text)["props"]["pageProps"]["timeline"]["entries"]
    users = (entry["content"]["tweet"]["user"] for entry in entries)
    return next((int(user["followers_count"]) for user in users if user["screen_name"] == handle), None)


READERS: Mapping[str, Callable[[Texts, str], int | None]] = {
    "youtube": _channel,
    "instagram": _profile,
    "twitter": _timeline,
}
