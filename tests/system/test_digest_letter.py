"""The report of a week by mail: with pictures, readable without them, and with nobody in it who is internal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.system.commanded import Commanded
from tests.system.outpost import Outpost, standing

PNG = b"\x89PNG\r\n\x1a\n"

SECRET = "hushhush"
ROSTER = f"""unit,unit_id,platform,account,visibility
Bureau of Energy,1,twitter,energy,
Bureau of Energy,1,twitter,nnsa,
Hidden Office,2,twitter,{SECRET},{{visibility}}
"""

DAYS = 2


class Counted(Commanded):
    """Counts in this process, for speed; what is looked at is the command that sends."""

    async def work(self) -> None:
        """A run."""
        await Outpost.work(self)


def counted(there: Counted, visibility: str) -> Message:
    """The letter about some days, one run each; the third account is internal, or is not."""
    there.handles = {**there.handles, "twitter": ("energy", "nnsa", SECRET)}
    there.state.roster = ROSTER.format(visibility=visibility)
    for _ in range(DAYS + 1):
        there.turn()
        there.clock.move(86_400)
    ran = there.says("digest", "--days", str(DAYS), "--send")
    assert (ran.status, ran.out) == (0, "mail: sent\nchat: sent\n")
    (letter,) = (each for each in there.mailbox.letters if "days" in str(each["subject"]))
    return letter


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counted, Message]]:
    """An installation with an internal account, and its report."""
    with standing(tmp_path_factory.mktemp("told"), Counted) as there:
        yield there, counted(there, "internal")


def test_it_has_a_readable_text_and_pictures(told: tuple[Counted, Message]) -> None:
    _, letter = told
    kinds = [part.get_content_type() for part in letter.walk()]
    assert kinds[0].startswith("multipart/")
    assert "multipart/alternative" in kinds
    text, html = parts(letter, "text/plain")[0].decode(), parts(letter, "text/html")[0].decode()
    assert " on X (formerly Twitter) (Bureau of Energy), now " in text, "what was written, not what the page would make"
    assert not re.search(r"<[a-z/]|&[a-z]+;|\{[{%]", text)
    shown = set(re.findall(r'src="cid:([^"]+)"', html))
    pictures = {part["content-id"].strip("<>") for part in letter.walk() if part.get_content_type() == "image/png"}
    assert shown == pictures != set()
    assert all(each.startswith(PNG) for each in parts(letter, "image/png"))


def test_nobody_internal_is_in_it(told: tuple[Counted, Message]) -> None:
    there, letter = told
    words = all_of(letter)
    assert "nnsa" in words
    assert not re.findall(f"{SECRET}|Hidden Office|{number(there)}", words)


@pytest.mark.long
def test_whoever_is_public_is_in_it(tmp_path: Path) -> None:
    with standing(tmp_path, Counted) as there:
        words = all_of(counted(there, "public"))
        assert {*re.findall(f"{SECRET}|Hidden Office|{number(there)}", words)} == {
            SECRET,
            "Hidden Office",
            number(there),
        }


def parts(letter: Message, kind: str) -> list[bytes]:
    """The parts of a kind, decoded."""
    found = (part.get_payload(decode=True) for part in letter.walk() if part.get_content_type() == kind)
    return [each for each in found if isinstance(each, bytes)]


def all_of(letter: Message) -> str:
    """Every word of a letter, its head too."""
    return "\n".join(
        [str(letter["subject"]), *(each.decode() for each in parts(letter, "text/plain") + parts(letter, "text/html"))]
    )


def number(there: Outpost) -> str:
    """The internal account's newest count, as it would be written."""
    with there.store.moment() as moment:
        (row,) = (each for each in moment.newest(there.clock.now()) if each.key == f"twitter/{SECRET}")
    return f"{row.count:,}"
