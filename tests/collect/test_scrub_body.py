"""Whole bodies without credentials: in whatever form they are echoed, and without another byte touched."""

from __future__ import annotations

import html
import json
import random
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from time import process_time
from urllib.parse import quote, quote_plus

import pytest

from headcount.collect.scrub import LONGEST_DETAIL, Scrubber

TOKEN = 'AAAAAAAAAAAAAAAAAAAAA-b/c+d=e%f&g"h\\i>0123456789'
SCRUBBER = Scrubber({"bearer_token": TOKEN, "app_id": "12345678901", "app_secret": "s3cr3t-of-the-app", "pin": "1234"})

FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in upper case": str.upper,
    "URL-encoded": lambda secret: quote(secret, safe=""),
    "as a form encodes it": quote_plus,
    "base64": lambda secret: b64encode(secret.encode()).decode(),
    "base64 for URLs": lambda secret: urlsafe_b64encode(secret.encode()).decode(),
    "base64, URL-encoded": lambda secret: quote(b64encode(secret.encode()).decode(), safe=""),
    "hex": lambda secret: secret.encode().hex(),
    "in JSON": lambda secret: json.dumps(secret)[1:-1],
    "in JSON that escapes slashes": lambda secret: json.dumps(secret)[1:-1].replace("/", r"\/"),
    "in HTML": html.escape,
    "all but its end": lambda secret: secret[:-4],
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_credential_is_left(form: str) -> None:
    echoed = FORMS[form](TOKEN).encode()
    before, after = b"\xff\x00 <p>" * 200, b"</p>\r\n \x80" * 200
    assert SCRUBBER.body(before + echoed + after + echoed) == before + b"[secret]" + after + b"[secret]"


def test_two_that_are_sent_together_are_found_where_they_are_echoed_together() -> None:
    both = b64encode(b"12345678901:s3cr3t-of-the-app")
    assert SCRUBBER.body(b"Basic " + both + b".").replace(b"[secret]", b"") == b"Basic ."


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe" * 500,
        b"data:image/png;base64," + b"A" * 5_000,
        b'{"followers": 1234, "ratio": 0.123456}',
        "İstanbul Straße \u2028 \U0001f600".encode() * 100,
        b"s3cr3t-o",
    ],
)
def test_everything_else_stays_as_it_was(body: bytes) -> None:
    """A run of one letter begins many a token, and stands in many a page."""
    assert SCRUBBER.body(body) == body


def test_a_body_is_not_cut_short_and_a_header_neither() -> None:
    assert len(SCRUBBER.body(b"x" * 100_000)) == 100_000 > LONGEST_DETAIL
    assert SCRUBBER.line(f"https://x.example/?t={quote(TOKEN, safe='')}&q=" + "y" * 500).endswith(
        "=[secret]&q=" + "y" * 500
    )


def test_what_is_learned_meanwhile_is_found_too() -> None:
    scrubber = Scrubber({})
    assert scrubber.body(b"granted-token-1") == b"granted-token-1"
    scrubber.learn({"token": "granted-token-1"})
    assert scrubber.body(b"a granted-token-1 b") == b"a [secret] b"


FOREIGN = Scrubber({"token": "the-own-token"})
FOREIGN.learn_foreign(
    [{"token": TOKEN}, {"id": "an-id-of-theirs", "secret": "a-secret-of-theirs"}, {"url": "energygov-alerts"}]
)


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_another_platforms_credential_is_left(form: str) -> None:
    assert FOREIGN.body(b"a " + FORMS[form](TOKEN).encode() + b" b the-own-token") == b"a [secret] b [secret]"
    assert FOREIGN.text(f"a {FORMS[form](TOKEN)} b the-own-token") == "a [secret] b [secret]"


def test_what_another_platform_is_sent_together_is_found_together() -> None:
    assert FOREIGN.body(b64encode(b"an-id-of-theirs:a-secret-of-theirs")) == b"[secret]"


def test_a_page_may_begin_a_word_as_a_secret_does_that_it_was_never_sent() -> None:
    assert FOREIGN.body(b"energygov a-secret") == b"energygov a-secret"
    assert FOREIGN.text("energygov-alerts of energygov") == "[secret] of energygov"


def seconds(body: bytes) -> float:
    begun = process_time()
    SCRUBBER.body(body)
    return process_time() - begun


def test_ten_times_as_much_takes_about_ten_times_as_long() -> None:
    """Also where a server echoes a credential again and again; a loop over what is left would take a hundred times."""
    noise = random.Random(5).randbytes(200_000)
    hostile = (TOKEN.encode() + b" ") * 500
    for body in (noise, hostile):
        assert seconds(body * 10) < 60 * max(seconds(body), 0.001)
