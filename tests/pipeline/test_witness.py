"""What a run keeps of the replies behind its failures: those, no others, no credential, and never at a reading's cost."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web

from headcount.evidence.exchange import replied
from headcount.net.message import Reply
from headcount.pipeline.publishing.publish import publish
from headcount.platforms.replies import github_user
from headcount.store.open import open_store
from tests.pipeline.hamlet import NOON, TOKEN, Answer, Hamlet, moved, user
from tests.pipeline.test_reparsing import mend

ECHOES: dict[str, Callable[[str], str]] = {
    "raw": str,
    "URL-encoded": lambda secret: quote(secret, safe=""),
    "base64": lambda secret: b64encode(secret.encode()).decode(),
    "hex": lambda secret: secret.encode().hex(),
}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Hamlet]:
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    yield Hamlet(tmp_path, store)
    store.close()


def by_name(**answers: object) -> Answer:
    """Each answers with its own, and who is not named answers well."""

    def answer(_: web.Request, name: str) -> web.StreamResponse:
        found = answers.get(name)
        return found() if callable(found) else user(name, 1_000)

    return answer


def contents(folder: Path) -> bytes:
    """Everything that lies in a folder, unpacked."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(
        gzip.decompress(each.read_bytes()) if each.suffix == ".gz" else each.read_bytes() for each in files
    )


async def test_where_all_is_well_nothing_is_kept(here: Hamlet) -> None:
    await here.run()
    await here.run()
    assert here.kept == []
    assert not (here.folder / "evidence").exists()


async def test_what_could_not_be_read_is_kept_with_whom_it_is_about(here: Hamlet) -> None:
    here.answer = by_name(
        nasa=lambda: moved("nasa", 7), noaa=lambda: web.json_response({"message": "Not Found"}, status=404)
    )
    report = await here.run()
    (kept,) = here.kept
    run = report.turnouts[0].run
    assert run
    assert (kept.job, kept.slot, kept.run, kept.platform, kept.source) == ("hourly", run.slot, run.id, "github", "api")
    assert [(each.key, each.why) for each in kept.accounts] == [("github/nasa", "shape_changed")]
    assert [(each.request.method, each.request.url, each.status) for each in kept.replies] == [
        ("GET", "{api}/users/nasa", 200)
    ]
    assert '"people": 7' in kept.replies[0].body


async def test_what_was_held_is_kept_and_what_was_accepted_beside_it_is_not(here: Hamlet) -> None:
    here.answer = by_name()
    await here.run()
    here.answer = by_name(nasa=lambda: user("nasa", 900_000))
    await here.run()
    assert here.kept
    assert {(each.key, each.why) for kept in here.kept for each in kept.accounts} == {("github/nasa", "held")}


async def test_a_day_of_the_same_failure_is_one_file(here: Hamlet) -> None:
    here.answer = by_name(nasa=lambda: moved("nasa", 7))
    for _ in range(6):
        await here.run()
    assert len(list((here.folder / "evidence").rglob("*.json.gz"))) == 1
    assert len({each.slot for each in here.kept}) == 6


FAULTS: dict[str, Callable[[str], web.Response]] = {
    "in a body that cannot be read": lambda echo: web.json_response({"login": "nasa", "id": 11, "you": echo}),
    "in a body that is no text": lambda echo: web.Response(body=b"\xff\xfe" + echo.encode() + b"\xff"),
    "in a cookie": lambda echo: web.Response(text="{}", headers={"set-cookie": f"t={echo}"}),
    "in an authorization": lambda echo: web.Response(text="{}", headers={"authorization": f"Bearer {echo}"}),
    "in another header": lambda echo: web.Response(text="{}", headers={"x-request": f"token={echo}"}),
    "in a count that is held": lambda echo: web.json_response(
        {"login": "nasa", "id": 11, "followers": 990_000, "you": echo}
    ),
}


@pytest.mark.parametrize("form", ECHOES)
@pytest.mark.parametrize("fault", FAULTS)
async def test_no_credential_is_in_it(here: Hamlet, fault: str, form: str) -> None:
    here.answer = by_name()
    await here.run()
    echo = ECHOES[form](TOKEN)
    here.answer = by_name(nasa=lambda: FAULTS[fault](echo))
    await here.run()
    assert here.kept
    came = [replied(each, NOON) for kept in here.kept for each in kept.replies]
    bodies = b"".join(each.body for each in came if isinstance(each, Reply))
    found = (contents(here.folder / "evidence") + bodies).lower()
    assert not any(shape(TOKEN).lower().encode() in found for shape in ECHOES.values())


async def test_without_the_scrubber_it_would_be(here: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    monkeypatch.setattr("headcount.collect.scrub.Scrubber.body", lambda _, content: content)
    here.answer = by_name(nasa=lambda: FAULTS["in a body that cannot be read"](TOKEN))
    await here.run()
    assert TOKEN.encode() in contents(here.folder / "evidence")


async def test_a_folder_that_cannot_be_written_costs_no_reading_and_is_said(here: Hamlet) -> None:
    (here.folder / "evidence").write_text("a file stands in the way")
    here.answer = by_name(nasa=lambda: moved("nasa", 7))
    report = await here.run()
    assert (report.exit_status, report.turnouts[0].tally.readings) == (1, 2)
    assert any("could not be kept" in notice for notice in report.turnouts[0].notices)


async def test_a_full_disk_costs_no_reading_and_is_said(here: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "evidence")

    monkeypatch.setattr("headcount.evidence.keep._append", full)
    here.answer = by_name(nasa=lambda: moved("nasa", 7))
    report = await here.run()
    assert report.turnouts[0].tally.readings == 2
    assert any("No space left on device" in notice for notice in report.turnouts[0].notices)


async def test_with_no_megabytes_none_is_kept(here: Hamlet) -> None:
    here.extra = "[evidence]\nmegabytes = 0\n"
    here.answer = by_name(nasa=lambda: moved("nasa", 7))
    report = await here.run()
    assert (here.kept, report.turnouts[0].notices) == ([], ())


async def test_of_evidence_nothing_is_published_but_the_readings_that_come_of_it(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.extra = '[publish.web]\nto = "public"\n'
    here.answer = by_name(nasa=lambda: moved("nasa", 4_321, note="CANARY-of-the-body"))
    await here.run()
    mend(monkeypatch)
    await here.reparse()
    assert [each.fault for each in publish(here.premises)] == [""]
    assert b"CANARY-of-the-body" in contents(here.folder / "evidence"), "the positive control"
    published = contents(here.folder / "public")
    assert b"CANARY-of-the-body" not in published
    assert b",reparsed-api,accepted," in published
    assert not any("evidence" in each.relative_to(here.folder).parts for each in (here.folder / "public").rglob("*"))
    assert github_user.User.__name__ == "Mended"
