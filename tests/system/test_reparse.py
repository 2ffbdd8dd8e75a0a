"""`reparse`, and `replay` of what a run kept, as people call them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner

from headcount.cli.parser import cli
from headcount.store.open import open_store
from tests.pipeline.hamlet import IDS, Hamlet, moved, user
from tests.pipeline.test_reparsing import mend
from tests.system.shell import headcount


@pytest.fixture
async def here(tmp_path: Path) -> Hamlet:
    """A good hour, then one in which one of three answers in a new shape."""
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    installed = Hamlet(tmp_path, store)
    await installed.run()
    installed.answer = lambda _, name: moved(name, 11_010) if name == "nasa" else user(name, 1_000 * IDS[name])
    await installed.run()
    return installed


@pytest.fixture(autouse=True)
def closed(here: Hamlet) -> Iterator[None]:
    yield
    here.store.close()


@pytest.fixture
def file(here: Hamlet) -> str:
    (found,) = (here.folder / "evidence").rglob("*.json.gz")
    return str(found.relative_to(here.folder))


def reparsed(here: Hamlet, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["--config", str(here.folder / "headcount.toml"), "reparse", *words])
    return done.exit_code, done.output


def test_a_file_of_evidence_is_replayed_with_the_ids_of_that_time(here: Hamlet, file: str) -> None:
    done = headcount(here.folder, "replay", "github", "api", "nasa", file)
    found = json.loads(done.out)
    assert (done.status, found["outcomes"][0]["reason"]) == (0, "shape_changed")
    assert [each["url"] for each in found["requests"]] == ["{api}/user/11"]


def test_a_mended_parser_replays_it_to_a_count(here: Hamlet, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mend(monkeypatch)
    done = CliRunner().invoke(cli, ["replay", "github", "api", "nasa", str(here.folder / file)])
    assert json.loads(done.output)["outcomes"] == [
        {
            "account": "github/nasa",
            "metric": "followers",
            "count": 11_010,
            "granularity": 1,
            "rounding": "exact",
            "ids": {"github": "11"},
        }
    ]


def test_what_is_no_evidence_is_a_sentence(here: Hamlet) -> None:
    (here.folder / "other.json.gz").write_bytes(b"no")
    done = headcount(here.folder, "replay", "github", "api", "nasa", "other.json.gz")
    assert (done.status, "no evidence" in done.err) == (2, True)


def test_as_long_as_nobody_mends_the_parser_it_says_so_and_exits_with_1(here: Hamlet) -> None:
    done = headcount(here.folder, "reparse")
    assert done.status == 1
    assert "github/nasa, hourly 2026-11-20 14:00 UTC: still no count: " in done.out
    assert done.out.endswith("1 unread\n")


def test_a_mended_parser_fills_the_slot_once(here: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    mend(monkeypatch)
    line = "github/nasa, hourly 2026-11-20 14:00 UTC: read, and kept in its slot: 11,010 followers (reparsed-api)\n"
    status, said = reparsed(here, "--dry-run")
    assert (status, said) == (0, f"{line}1 stored; nothing was kept: this was a dry run\n")
    status, said = reparsed(here, "--since", "2020-01-01", "--platform", "github", "--account", "github/nasa")
    assert (status, said) == (0, f"{line}1 stored; the next run or `headcount publish` shows it\n")
    status, said = reparsed(here)
    assert (status, said.splitlines()[-1]) == (0, "1 there")
    assert here.shown()[-1] == ("accepted", "reparsed-api", 11_010)


async def test_of_two_replies_of_a_slot_it_is_enough_that_one_can_be_read(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the hour it was asked again: it said nothing of a count at all."""
    here.clock.move(-3600 + 600)
    here.answer = lambda _, name: web.json_response({"login": name, "id": IDS[name]})
    await here.run()
    status, said = await asyncio.to_thread(reparsed, here, "--dry-run")
    assert (status, said.count("still no count"), said.splitlines()[-1][:8]) == (1, 2, "2 unread")
    mend(monkeypatch)
    status, said = await asyncio.to_thread(reparsed, here)
    assert (status, "still no count" in said, said.splitlines()[-1].split(";")[0]) == (0, False, "1 stored")
    status, said = await asyncio.to_thread(reparsed, here)
    assert (status, said.splitlines()[-1]) == (0, "1 there")


def test_as_json_it_is_one_document(here: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    mend(monkeypatch)
    status, said = reparsed(here, "--json")
    found = json.loads(said)
    assert (status, found["damaged"]) == (0, [])
    assert [(each["account"], each["result"], each["count"]) for each in found["replies"]] == [
        ("github/nasa", "stored", 11_010)
    ]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--platform", "gihtub"), "there is no platform"),
        (("--account", "github/nassa"), "nobody is called"),
        (("--since", "yesterday"), "is no time"),
    ],
)
def test_a_mistake_is_a_sentence(here: Hamlet, words: tuple[str, ...], complaint: str) -> None:
    done = headcount(here.folder, "reparse", *words)
    assert (done.status, complaint in done.err) == (2, True)


def test_where_nothing_was_kept_there_is_nothing_to_do(here: Hamlet) -> None:
    done = headcount(here.folder, "reparse", "--account", "github/noaa")
    assert (done.status, done.out) == (0, "nothing that was kept is meant\n")


def test_its_help_has_an_example() -> None:
    assert "Example: headcount reparse" in CliRunner().invoke(cli, ["reparse", "--help"]).output
