"""Hourly runs over accounts that have not changed: from the third on they cost nothing, and every one of them is counted."""

from __future__ import annotations

from pathlib import Path

from headcount.clock import SteppedClock
from headcount.collect.turn import Event
from headcount.model import Outcome, Reading
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.run import collect
from headcount.settings import load
from headcount.store.contract import Store
from headcount.store.open import open_store
from tests.demo.asking import NOON, Demo, demo
from tests.pipeline.hamlet import CONFIG


def install(folder: Path, here: Demo) -> None:
    (folder / "headcount.toml").write_text(CONFIG.format(url=here.server.hosts("github")["api"]))
    (folder / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,github,nasa\n")
    (folder / "token").touch(mode=0o600)
    (folder / "token").write_text(here.server.credentials("github")["token"])


async def run(folder: Path, store: Store, clock: SteppedClock) -> Outcome:
    """The next hour's run, an hour later than the last."""
    clock.move(3_600)
    heard: list[Event] = []
    await collect(Premises(load(folder / "headcount.toml", {}), store, clock), Wanted(), heard.append)
    (outcome,) = [event for event in heard if isinstance(event, Outcome)]
    return outcome


async def test_what_has_not_changed_is_counted_every_hour_and_asked_for_in_full_once(tmp_path: Path) -> None:
    store, clock = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path), SteppedClock(NOON)
    async with demo({"github": ("nasa",)}) as here:
        install(tmp_path, here)
        outcomes = [await run(tmp_path, store, clock) for _ in range(5)]
        last = await here.get("github/api/users/nasa", {"authorization": "Bearer simulated-github-token"})
        said = [each.said for each in outcomes]
        assert [each.count.value for each in said if isinstance(each, Reading)] == [here.count("github", "nasa")] * 5
    assert len({each.at for each in outcomes}) == 5
    assert last.headers["x-ratelimit-remaining"] == "4997", "once by name, once by id, and this last one"
    store.close()
