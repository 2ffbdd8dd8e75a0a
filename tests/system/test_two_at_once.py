"""Two whole runs begun at the same moment on one installation: people hear of each incident, and of none too often."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections import Counter
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from headcount.demo.faults import Faults
from tests.system.commanded import Commanded
from tests.system.installation import install
from tests.system.outpost import State
from tests.system.shell import clean, command, headcount
from tests.system.test_overlap import assert_whole
from tests.watch.receiving import mail, webhook

CHANNELS = """
[watch.channels.mail]
url = "mailto://127.0.0.1:{mail}?mode=insecure&from=headcount@example.gov&to=staff@example.gov"
[watch.channels.chat]
url = "json://127.0.0.1:{hook}/200/chat"
"""

FINE, SOME_MISSING, LOCKED = 0, 1, 4

TWICE = 2


def told(text: str) -> Counter[str]:
    """The events that letters tell, by their last lines."""
    return Counter(name for line in re.findall(r"\[headcount ([^\]]+)\]", text) for name in line.split())


def read(letters: list[Message]) -> str:
    """Every letter's words."""
    parts = (part for letter in letters for part in letter.walk() if part.get_content_type() == "text/plain")
    return "\n".join((part.get_payload(decode=True) or b"").decode() for part in parts)  # type: ignore[union-attr] # of a text


def test_two_runs_at_once_tell_a_refused_token_once_or_twice_on_each_channel(
    tmp_path: Path, demo: dict[str, Any]
) -> None:
    with mail() as (mailbox, port), webhook() as hook:
        install(tmp_path, demo, extra=CHANNELS.format(mail=port, hook=hook.port))
        revoke(tmp_path)
        statuses = at_once(tmp_path)
        assert statuses in ([SOME_MISSING, SOME_MISSING], [FINE, SOME_MISSING], [SOME_MISSING, LOCKED]), statuses
        lasting = json.loads(headcount(tmp_path, "watch", "show", "--json").out)["open"]
        assert [each["reason"] for each in lasting] == ["bad_credentials"]
        for heard in (told(read(mailbox.letters)), told("\n".join(body.decode() for body in hook.bodies))):
            assert [name.partition(".")[2] for name in heard] == ["opened"]
            assert max(heard.values()) <= TWICE
    assert_valid(tmp_path / "public")


def revoke(folder: Path) -> None:
    """X no longer accepts our token, and there is no other way to ask it."""
    (folder / "twitter.bearer_token").write_text("revoked")
    config = folder / "headcount.toml"
    config.write_text(config.read_text().replace("[platforms.twitter]", '[platforms.twitter]\nsources = ["api"]'))


def at_once(folder: Path) -> list[int]:
    """The exit statuses of two runs that are begun at the same moment, the lower first."""
    pipe = subprocess.PIPE
    pair = [subprocess.Popen(command("run"), cwd=folder, env=clean(), stdout=pipe, stderr=pipe) for _ in range(TWICE)]
    said = [process.communicate(timeout=120)[1] for process in pair]
    assert not [each for each in said if b"Traceback" in each], said
    return sorted(process.returncode for process in pair)


def assert_valid(folder: Path) -> None:
    """Everything that the description names is there, as it says, and can be read to its end."""
    assert_whole(folder)
    for each in json.loads((folder / "datapackage.json").read_text())["resources"]:
        for path in [each["path"]] if isinstance(each["path"], str) else each["path"]:
            assert (folder / path).is_file(), path
        if "hash" in each:
            assert each["hash"] == f"sha256:{hashlib.sha256((folder / each['path']).read_bytes()).hexdigest()}", each[
                "path"
            ]


HISTORY = (
    State(),
    State(faults={"twitter": Faults(refusal="unauthorized")}),
    State(gone=("nnsa",)),
    State(),
    State(faults={"youtube": Faults(refusal="wrong_key")}),
    State(),
)
"""Hour by hour; no channel has more letters of it than it takes in a day."""


@pytest.mark.long
def test_hour_by_hour_two_runs_at_once_tell_all_that_breaks_and_mends(commanded: Commanded) -> None:
    commanded.commands = (("run",), ("run",))
    for commanded.state in HISTORY:
        commanded.hour()
        assert {each.status for each in commanded.ran} <= {FINE, SOME_MISSING, LOCKED}
        assert_valid(commanded.folder / "public")
    names = {f"{each.id}.{each.deed}" for each in commanded.events() if each.story.kind != "moved"}
    assert Counter(each.key for each in commanded.events() if each.deed == "opened") == {
        "platform/twitter/bad_credentials": 1,
        "account/twitter/nnsa/not_found": 1,
        "platform/youtube/bad_credentials": 1,
    }
    heard = told(read(commanded.mailbox.letters))
    assert set(heard) == names
    assert max(heard.values()) <= TWICE
    urgent = told("\n".join(body.decode() for body in commanded.hook.bodies))
    assert set(urgent) <= names
    assert max(urgent.values()) <= TWICE
