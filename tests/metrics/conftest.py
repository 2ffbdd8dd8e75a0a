"""What tests of the figures share: an installation with every kind of trouble."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec import structs

from headcount.model import Count, Verdict
from headcount.news.story import Sending, Story
from headcount.pipeline.measuring import figures
from headcount.store.noticing import Attended, Delivered
from tests.serve.village import HIDDEN, HOUR, INTERNAL, MINUTE, NOON, SECRET, Village

HELD = Verdict("hold", "leap", "12 after 1,009,600")


@pytest.fixture(scope="session")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """It was published, and then much went wrong. For tests that change nothing."""
    here = Village(tmp_path_factory.mktemp("troubled")).fill().publish()
    here.settings = structs.replace(here.settings, expiries={"facebook.token": date(2026, 12, 1)})
    store, at = here.store, here.clock.now()
    run = store.begin("hourly", NOON + HOUR, at + HOUR)
    store.append(run.id, [here.reading("twitter/energy", NOON + HOUR, Count(12), HELD)])
    working = Attended("facebook", "page", counted=1, missed=0, refused=0)
    failing = Attended("twitter", "api", 0, 0, 3, "bad_credentials", f"the token {SECRET} has expired")
    store.attend(run.id, [working, failing], at)
    store.delivered([Delivered("web", at), Delivered("web", at + MINUTE, "the disk is full")])
    stories = [
        Story("platform", "urgent", "twitter", "bad_credentials"),
        Story("account", "warning", f"twitter/{INTERNAL}"),
    ]
    told = store.tell([("opened", story) for story in stories], at)
    store.send(Sending(event.id, "1", "failed", at) for event in told)
    store.send([Sending(told[0].id, "2", "sent", at)])
    here.clock.move(2 * HOUR.total_seconds())
    yield here
    here.store.close()


@pytest.fixture(scope="session")
def text(troubled: Village) -> bytes:
    """The figures of it, as the operator may know them."""
    return figures(troubled.house())


SECRETS = (SECRET, INTERNAL, str(HIDDEN), "bad_credentials", "facebook.token", "credential")
"""What only the operator may be told."""
