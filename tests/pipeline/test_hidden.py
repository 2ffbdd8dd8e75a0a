"""What nobody may see, whoever it is for: no part of it is kept with another platform's replies or misses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from headcount.collect.scrub import Scrubber
from headcount.pipeline.hidden import hidden
from headcount.store.open import open_store
from tests.pipeline.hamlet import Hamlet, moved
from tests.pipeline.test_witness import ECHOES, contents

SECRETS = {
    "another platform's token": "CANARY-bearer-0123456789abcdefXYZ",
    "a channel's path": "CANARYwebhook0123456789",
    "a channel's password": "canarymailpassword",
    "a channel's host": "CANARYhostTOKEN4567",
    "a channel's option": "CANARYoption99",
    "the heartbeat": "0f8fad5b-CANARY-a165-70867728950e",
    "a target's key": "CANARYtargetKEY0123456789",
    "the proxy's password": "canaryproxypassword",
}
BEARER, PATH, MAIL, HOST, OPTION, BEAT, KEY, PROXY = SECRETS.values()
EXTRA = f"""
[platforms.twitter]
bearer_token = {{ file = "bearer" }}
[watch]
notify = [
    "json://127.0.0.1:9/hooks/{PATH}?mode=insecure&key={OPTION}",
    "mailto://headcount:{MAIL}@smtp.example.gov?from=headcount@example.gov",
    "slack://{HOST}/general",
]
heartbeat = "http://127.0.0.1:9/{BEAT}"
[publish.web]
to = "s3://bucket/counts"
[publish.web.options]
region = "us-east-1"
secret_access_key = {{ file = "key" }}
"""
INNOCENT = "headcount insecure general smtp.example.gov example.gov 127.0.0.1 us-east-1 bucket counts"
"""Words of the configuration that are no secrets: a page may say them."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Hamlet]:
    """Only GitHub is asked; it has nothing to do with any of the secrets."""
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    installed = Hamlet(tmp_path, store, "nasa")
    installed.extra = EXTRA
    for name, secret in (("bearer", BEARER), ("key", KEY)):
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_text(secret)
    yield installed
    store.close()


def echoed(found: bytes) -> set[str]:
    """The secrets of which something stands there, in any form."""
    low = found.lower()
    return {
        name
        for name, secret in SECRETS.items()
        if name != "the proxy's password" and any(form(secret).lower().encode() in low for form in ECHOES.values())
    }


@pytest.mark.parametrize("form", ECHOES)
async def test_no_secret_of_the_configuration_is_in_the_evidence_of_a_platform(here: Hamlet, form: str) -> None:
    here.answer = lambda _, name: moved(name, 7, note=[INNOCENT, *map(ECHOES[form], SECRETS.values())])
    await here.run()
    found = contents(here.folder / "evidence")
    assert (echoed(found), INNOCENT.encode() in found) == (set(), True)


async def test_without_knowing_them_it_would_be(here: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    monkeypatch.setattr("headcount.pipeline.collecting.collect.hidden", lambda _: ())
    here.answer = lambda _, name: moved(name, 7, note=list(SECRETS.values()))
    await here.run()
    assert echoed(contents(here.folder / "evidence")) == SECRETS.keys() - {"the proxy's password"}


@pytest.mark.parametrize("is_known", [True, False])
async def test_no_secret_of_the_configuration_is_in_what_is_stored_of_a_miss(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch, *, is_known: bool
) -> None:
    """Were they not known, they would be: the positive control."""
    if not is_known:
        monkeypatch.setattr("headcount.pipeline.collecting.collect.hidden", lambda _: ())
    for secret in SECRETS.values():
        here.answer = lambda *_, secret=secret: web.json_response({"message": f"Bad {secret}"}, status=401)
        await here.run()
    here.store.close()
    found = (here.folder / "headcount.db").read_bytes()
    assert (b"Bad [secret]" in found) == is_known
    assert echoed(found) == (set() if is_known else SECRETS.keys() - {"the proxy's password"})


def test_secrets_of_the_store_and_of_the_proxy_are_among_them(here: Hamlet) -> None:
    (here.folder / "headcount.toml").write_text(
        f"""
[organization]
name = "D"
roster = "roster.csv"
[store]
url = {{ file = "url" }}
[http]
proxy = "http://jane:{PROXY}@proxy.example.gov:3128"
"""
    )
    (here.folder / "url").touch(mode=0o600)
    (here.folder / "url").write_text("postgresql+psycopg://headcount:st0re-CANARY@db.example.gov/headcount")
    scrubber = Scrubber({})
    scrubber.learn_foreign(hidden(here.premises.settings))
    said = f"headcount st0re-CANARY db.example.gov {PROXY} proxy.example.gov"
    assert scrubber.text(said) == "headcount [secret] db.example.gov [secret] proxy.example.gov"
    assert scrubber.body(said.encode()) == scrubber.text(said).encode()
