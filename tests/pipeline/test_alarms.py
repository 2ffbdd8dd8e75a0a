"""A turn that comes to nothing tells why, whatever it was that failed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from headcount.clock import SteppedClock
from headcount.errors import DeliveryError, HeadcountError, Locked, StoreError
from headcount.model import EPOCH
from headcount.pipeline import run as running
from headcount.pipeline.house import Premises
from headcount.pipeline.run import Report, watch_alone
from headcount.pipeline.schedule import Post, Schedule, Turn
from headcount.pipeline.watching.alarm import alarm
from headcount.settings import Settings, load
from headcount.store.open import open_store
from tests.pipeline.city import NOON
from tests.watch.receiving import Webhook, webhook

CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[http]
allow_private_addresses = true
[jobs.hourly]
every = "1h"
[publish.web]
to = "public"
[watch]
notify = ["json://127.0.0.1:{port}/200"]
heartbeat = "http://127.0.0.1:{port}/200/uuid"
"""


HOUR = 3_600.0


class Office:
    """An installation whose one account is on a platform that has closed, and which has somebody to tell."""

    def __init__(self, folder: Path, hook: Webhook) -> None:
        self.folder, self.hook = folder, hook
        self.clock = SteppedClock(NOON + timedelta(minutes=10))
        self.config = folder / "headcount.toml"
        self.config.write_text(CONFIG.format(port=hook.port))
        (folder / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,google,somebody\n")
        self.store = open_store(f"sqlite:///{folder}/headcount.db", folder)
        self.turns: list[Turn] = []

    def settings(self) -> Settings:
        return load(self.config, {})

    @property
    def premises(self) -> Premises:
        return Premises(self.settings(), self.store, self.clock)

    @contextmanager
    def enter(self, settings: Settings) -> Iterator[Premises]:
        yield Premises(settings, self.store, self.clock)

    def closed(self, _: Settings) -> AbstractContextManager[Premises]:
        raise StoreError("the store cannot be opened")

    def titles(self) -> list[str]:
        found = (json.loads(body)["title"] for body in self.hook.bodies if body.startswith(b"{"))
        return [title.removeprefix("Department of Tests: ") for title in found]

    def pings(self) -> list[str]:
        found = (re.match(r"POST /200/uuid(/[^?]*)?\?rid=", head) for head in self.hook.heads)
        return [ping[1] or "" for ping in found if ping]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with webhook() as hook:
        here = Office(tmp_path, hook)
        yield here
        here.store.close()


async def test_a_configuration_that_was_broken_since_is_told_by_the_schedule(office: Office) -> None:
    schedule = Schedule(Post(office.settings, office.enter, office.clock, office.turns.append))
    office.config.write_text("nonsense")
    office.clock.move(HOUR)
    await schedule.turn()
    assert office.titles() == ["urgent: headcount.toml has mistakes"]
    assert office.pings() == ["/start", ""]


async def test_a_store_that_cannot_be_opened_is_told_by_the_schedule_once_a_day(office: Office) -> None:
    schedule = Schedule(Post(office.settings, office.closed, office.clock, office.turns.append))
    for _ in range(2):
        office.clock.move(HOUR)
        await schedule.turn()
    assert [turn.trouble for turn in office.turns] == [("the store cannot be opened",)] * 2
    assert office.titles() == ["urgent: the store cannot be used"]
    assert office.pings() == ["/3", "/3"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DeliveryError("the press cannot be written"), ["urgent: Nothing new is published anywhere"]),
        (StoreError("it broke"), ["urgent: the store cannot be used"]),
        (Locked("somebody else publishes"), []),
    ],
)
def test_whatever_ends_a_run_is_told(office: Office, error: HeadcountError, told: list[str]) -> None:
    alarm(office.premises, error)
    assert office.titles() == told


def test_where_watching_fails_that_is_told_and_the_run_failed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise StoreError("it broke meanwhile")

    monkeypatch.setattr(running, "watch", broken)
    report = watch_alone(office.premises)
    assert (report.unwatched, report.exit_status) == ("it broke meanwhile", 3)
    assert office.titles() == ["urgent: the store cannot be used"]


def test_a_heartbeat_or_a_channel_that_fails_does_not_fail_the_run() -> None:
    assert Report(unheard="the heartbeat was not told: it answered 500").exit_status == 0


def test_where_nobody_can_be_told_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "headcount.toml").write_text("")
    premises = Premises(load(tmp_path / "headcount.toml", {}), None, SteppedClock(EPOCH))  # type: ignore[arg-type] # it has no store
    alarm(premises, StoreError("it broke"))
    assert [path.name for path in tmp_path.iterdir()] == ["headcount.toml"]
