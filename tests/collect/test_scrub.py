"""What a server echoes: no credential, nor the beginning of one, and nothing that moves a cursor."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from headcount.collect.scrub import LONGEST_DETAIL, Scrubber
from headcount.model import Account, Count, Miss, Outcome, Reading
from headcount.platforms.kit.contract import Refusal

TOKEN = "AAAA-b/c+d=e%f.0123456789"
SECRETS = {
    "bearer_token": TOKEN,
    "api_key": "the-key-of-it",
    "api_secret": "the-secret-of-it",
    "bot_token": "8712340956:QQHx-second-half-of-it",
}
SCRUBBER = Scrubber(SECRETS)
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "echoed",
    [
        TOKEN,
        f"Bearer {TOKEN}",
        f"token={TOKEN}&x=1",
        TOKEN[:20],
        f"{TOKEN}{TOKEN}",
        "AAAA-b%2Fc%2Bd%3De%25f.0123456789",
        b64encode(TOKEN.encode()).decode(),
        f"Basic {b64encode(b'the-key-of-it:the-secret-of-it').decode()}",
        "the-secret-of-it",
        TOKEN.upper(),
        TOKEN.lower(),
        TOKEN.encode().hex(),
        TOKEN.encode().hex().upper()[:20],
        "QQHx-second-half-of-it",
        "bot QQHX-SECOND-HALF",
        "8712340956:QQHx-second-half-of-it",
        b64encode(b"QQHx-second-half-of-it").decode(),
    ],
)
def test_no_form_of_a_credential_is_left(echoed: str) -> None:
    cleaned = SCRUBBER.text(f"bad: {echoed}")
    assert cleaned.startswith("bad: ")
    assert "[secret]" in cleaned
    assert not any(part.lower() in cleaned.lower() for part in PARTS)


PARTS = (
    TOKEN[:8],
    TOKEN[:8].encode().hex(),
    "the-secret",
    "second-half",
    b64encode(b"the-key-of-it:")[:12].decode(),
    b64encode(b"QQHx-second")[:12].decode(),
)


@pytest.mark.parametrize(
    "plain", ["HTTP 500", "no such user: the", "AAAA is a grade", "", "414141412d", "half-of-it", "\u0130\u00df \u1e9e"]
)
def test_other_words_are_left_alone(plain: str) -> None:
    assert SCRUBBER.text(plain) == plain


def test_what_stands_around_a_credential_is_left_whatever_its_case_does_to_its_length() -> None:
    assert SCRUBBER.text(f"\u0130\u00df{TOKEN.upper()}\u0130!") == "\u0130\u00df[secret]\u0130!"


def test_what_is_granted_later_is_known_from_then_on() -> None:
    scrubber = Scrubber(SECRETS)
    assert scrubber.text("granted-later") == "granted-later"
    scrubber.learn({"token": "granted-later"})
    assert scrubber.text(f"granted-later {TOKEN}") == "[secret] [secret]"


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\r", "\n", "\x9b", "\u202e", "\u2028", "\x7f", "\ud800"])
def test_nothing_that_moves_a_cursor_or_hides_is_left(letter: str) -> None:
    assert SCRUBBER.text(f"a{letter}b") == "a b"


def test_a_long_text_is_cut_after_it_was_cleaned() -> None:
    assert SCRUBBER.text("x" * (LONGEST_DETAIL - 4) + TOKEN).endswith("[sec")


def test_a_miss_a_refusal_and_a_name_are_cleaned() -> None:
    account = Account("twitter/a", "a")
    miss = SCRUBBER.outcome(Outcome(Miss(account, "not_found", TOKEN), "api", AT)).said
    assert isinstance(miss, Miss)
    assert miss.detail == "[secret]"
    reading = SCRUBBER.outcome(Outcome(Reading(account, "followers", Count(1), TOKEN), "api", AT)).said
    assert isinstance(reading, Reading)
    assert reading.handle is None
    assert SCRUBBER.refusal(Refusal("blocked", TOKEN)).detail == "[secret]"


@pytest.mark.parametrize(
    ("number", "kept"),
    [("t:0aY0xL2Fi1OFJg4YxpmegQ", True), ("12", True), (TOKEN, False), (TOKEN.upper(), False), ("1\x1b[2J", False)],
)
def test_an_id_that_is_a_credential_is_no_id(number: str, *, kept: bool) -> None:
    reading = Reading(Account("tumblr/a", "a"), "followers", Count(1), "a", {"tumblr": number, "other": "7"})
    cleaned = SCRUBBER.outcome(Outcome(reading, "api", AT)).said
    assert isinstance(cleaned, Reading)
    assert (cleaned.handle, cleaned.ids) == ("a", {**({"tumblr": number} if kept else {}), "other": "7"})
