"""The public page of an organisation on LinkedIn: whose it is, and its followers, which stand there twice."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.walls import led_to

SIGN_IN = re.compile(
    rb"<title>\s*(?:(?:Sign Up|Sign In|LinkedIn Login, Sign in|Security Verification) \| LinkedIn|LinkedIn: Log In|Join LinkedIn)"
)
WALL = re.compile(r"(?<!/company)(?<!/school)(?<!/showcase)/(?:authwall|uas/login|login|signup|checkpoint)(?:[/?#]|$)")
UNAVAILABLE = re.compile(r"/(?:company|showcase|school)/unavailable(?:[/?#]|$)")
OWN = re.compile(r"linkedin\.com/(?P<path>(?:company|showcase|school)/[^/?#]+)/?$")
NUMBER = re.compile(rb'data-semaphore-content-urn="urn:li:organization:([0-9]{1,20})"')
TOP_CARD = re.compile(rb'<h3 class="[^"]{0,300}\btop-card-layout__first-subline\b[^>]{0,300}>([^\x00]{0,3000}?)</h3>')
TAG = re.compile(r"<[^>]{0,300}>")
FOLLOWERS = re.compile(r"(?:^|·)[ \r\n\t]*(?P<count>[0-9][0-9,]*) followers?[ \r\n\t]*$")
PREVIEW = re.compile(r"\| (?P<count>[0-9][0-9,]*) followers? on LinkedIn\b")


def read(account: Account, path: str, reply: Reply) -> Reading | Miss | Refusal:
    """The count, if the page is the one of the path that was asked for, or of the organisation that is pinned.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    if reply.status in (404, 410) or led_to(reply, UNAVAILABLE):
        return Miss(account, "not_found", f"no such page, or it is unavailable (HTTP {reply.status})", final=False)
    if SIGN_IN.search(reply.body):
        return Refusal("blocked", "a page to sign in", scope="source")
    shown = _address(reply)
    numbers = {found[1].decode() for found in NUMBER.finditer(reply.body)}
    ids = {"organization": numbers.pop()} if len(numbers) == 1 else {}
    if shown.lower() != path.lower() and not ids.items() & account.ids.items():
        return _elsewhere(account, shown, reply)
    return Reading(account, "followers", _counted(reply.body), shown.removeprefix("company/"), ids)


def _address(reply: Reply) -> str:
    """Where the page is, as it says itself: `company/energy`."""
    found = OWN.search(unquote(embedded.meta(reply.body, "og:url") or ""))
    if not found:
        raise ShapeChanged(f"a page that does not say whose it is (HTTP {reply.status})")
    return found["path"]


def _elsewhere(account: Account, shown: str, reply: Reply) -> Miss:
    """A page at another address than was asked for is somebody else's, unless LinkedIn itself led there."""
    if unquote(reply.url).rstrip("/").endswith(f"/{shown}"):
        return Miss(account, "moved", f"it is at {shown} now", final=False)
    raise ShapeChanged(f"the page is that of {shown}")


def _counted(page: bytes) -> Count:
    """The number that the top card and the preview agree on."""
    line, about = _subline(page), embedded.meta(page, "og:description") or ""
    numbers = {found and found["count"] for found in (FOLLOWERS.search(line), PREVIEW.search(about))}
    number = numbers.pop() if len(numbers) == 1 else None
    count = counts.read(number) if number else None
    if count is None:
        raise ShapeChanged(f"followers in the top card {line[-40:]!r}, in the preview {about[:60]!r}")
    return count


def _subline(page: bytes) -> str:
    """Below the name in the top card: `Town, State · 5,750 followers`."""
    card = TOP_CARD.search(page)
    return html.unescape(TAG.sub(" · ", card[1].decode("utf-8", "replace"))) if card else ""


def refusal(reply: Reply) -> Refusal | None:
    """What is said to this address, whoever it asks for: not you, or log in."""
    if reply.status in (401, 403, 999) or led_to(reply, WALL):
        return Refusal("blocked", f"not shown without a login (HTTP {reply.status})", scope="source")
    return by_status(reply)
