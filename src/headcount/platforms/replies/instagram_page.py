"""The public page of a profile on Instagram: whom it is of, in the data that it seldom embeds, and else its card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from headcount.model import Account, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import embedded, preview
from headcount.platforms.kit.contract import Absent, Refusal, Spoilt
from headcount.platforms.kit.wire import Digits, heard

NOBODY = re.compile(rb'"xig_user_by_username"\s*:\s*null')
SHOWN = "[0-9][0-9.,]*[KMBkmb]?"
CARD = preview.Card(
    counted=re.compile(rf"(?P<count>{SHOWN}) Followers?, {SHOWN} Following, {SHOWN} Posts?\b"),
    named=re.compile(r"\(@(?P<name>[A-Za-z0-9._]{1,30})\)(?: [•·|-] [^()@]*)?$"),
    wall=re.compile(rb'Create an account or log in|"(?:LoginAndSignup|Landing)Page"|name="password"|<title>\s*Login'),
    shell=re.compile(rb"<title>\s*Instagram\s*</title>"),
)


class User(preview.User):
    id: Digits | None = None

    def ids(self) -> Mapping[str, str]:
        """The public number, and where it stands the Graph API's."""
        return {"pk": self.pk} | ({"graph": self.id} if self.id else {})


def read(account: Account, reply: Reply) -> Iterator[Reading | Absent | Spoilt | Refusal]:
    """What the page says, if it is about the account asked for.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    users = _users(reply.body)
    if users is None:
        yield Absent(account, "the page knows nobody of that name")
    else:
        yield from preview.read(account, reply, users, CARD, User)


def _users(page: bytes) -> list[object] | None:
    """Whom the page is of, in its data, if it has any; None where they say that there is nobody."""
    if users := [heard(text, object) for text in embedded.data(page, "xig_user_by_username")]:
        return users
    start = page.find(b'"xig_user_by_username"')
    return None if start >= 0 and NOBODY.search(page, start) else []
