"""Accounts that leave the roster: what was published of them stays, and what was hidden stays hidden."""

from __future__ import annotations

import pytest

from headcount.model import Account, Count, Fill, Outcome, Reading
from headcount.pipeline.by_hand import changes
from headcount.pipeline.by_hand.changes import Saying
from headcount.pipeline.house import open_house
from headcount.store.sql import SqlStore
from tests.pipeline.town import DAY, LINES, MONTH, NOON, Town


def is_kept(town: Town) -> bool:
    """Whether the month stands as it was published, after the lab has left."""
    before = town.text(MONTH)
    assert ",twitter/lab,2," in before
    town.publish("lab")
    return town.text(MONTH) == before


async def test_who_has_left_keeps_every_row_of_its_history(town: Town) -> None:
    assert is_kept(town)


async def test_without_listings_its_rows_would_vanish(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a store that knows nothing of who has left."""
    monkeypatch.setattr(SqlStore, "keep_listings", lambda *_: ())
    assert not is_kept(town)
    assert town.who(MONTH) == {"energy", "rival"}


async def test_who_has_left_is_named_beside_the_tree_with_when_and_whose_it_was(town: Town) -> None:
    assert town.departed() == {}
    town.publish("lab", "secret", "rival")
    assert '"Lab"' not in town.text("all_social_data.csv"), "the unit has gone too"
    left = town.departed()
    assert list(left) == ["lab", "rival"]
    assert left["lab"] == {
        "key": "twitter/lab",
        "platform": "twitter",
        "handle": "lab",
        "url": "https://x.com/lab",
        "unit_id": "2",
        "unit_name": "Lab",
        "relation": "own",
        "archived_since": None,
        "listed_until": "2026-11-20T12:02:00Z",
    }
    assert left["rival"]["relation"] == "peer"
    town.publish(after=DAY)
    assert town.departed()["lab"]["listed_until"] == "2026-11-20T12:02:00Z"


async def test_its_last_count_is_among_the_newest_only_while_it_is_fresh(town: Town) -> None:
    town.publish("lab")
    assert town.latest() == town.who("readings/latest.csv") == {"energy", "lab", "rival"}
    town.publish(after=7 * DAY)
    assert town.latest() == town.who("readings/latest.csv") == {"energy", "rival"}
    assert "lab" in town.who(MONTH)


async def test_how_much_of_its_time_was_counted_is_still_said(town: Town) -> None:
    def covered() -> list[str]:
        return [row["coverage"] for row in town.rows("daily.csv") if row["account"] == "twitter/lab"]

    before = covered()
    town.publish("lab")
    assert covered() == before
    assert all(before), "the control: it was said before"


async def test_it_is_in_no_units_total(town: Town) -> None:
    both = "Department,1,twitter,lab,own,public"
    town.publish(lab=both)
    total = int(town.rows("all_social_data.csv")[0]["twitter"])
    town.publish("lab")
    assert 0 < int(town.rows("all_social_data.csv")[0]["twitter"]) < total


async def test_who_comes_back_has_never_been_away(town: Town) -> None:
    before = town.text(MONTH)
    town.publish("lab")
    town.publish(lab=LINES["lab"])
    assert town.departed() == {}
    assert town.text(MONTH) == before


async def test_an_internal_account_is_nowhere_also_after_it_has_left(town: Town) -> None:
    counts = {each.key: str(each.count) for each in town.store.latest(town.clock.now())}
    assert set(town.naming(counts["twitter/lab"])) > {"2026-11.csv", "social_data.csv"}, (
        "the control: one that is public"
    )
    for without in ((), ("secret",)):
        town.publish(*without)
        assert [town.naming(word) for word in ("secret", counts["twitter/secret"])] == [[], []]


async def test_what_was_public_and_becomes_internal_disappears_and_stays_away(town: Town) -> None:
    town.publish(lab="Lab,2,twitter,lab,own,internal")
    hidden = [town.rows("social_data.csv"), town.rows(MONTH), town.departed(), town.latest()]
    assert (hidden[0], town.who(MONTH), town.latest()) == ([], {"energy", "rival"}, {"energy", "rival"})
    town.publish("lab")
    assert [town.rows("social_data.csv"), town.rows(MONTH), town.departed(), town.latest()] == hidden


async def test_one_line_that_calls_it_internal_is_enough_before_and_after(town: Town) -> None:
    town.publish(again="Department,1,twitter,lab,own,internal")
    assert "lab" not in town.who(MONTH)
    town.publish("lab", "again")
    assert "lab" not in town.who(MONTH)


async def test_who_was_never_listed_stays_hidden(town: Town) -> None:
    slot = NOON.replace(minute=0)
    outcome = Outcome(Reading(Account("twitter/ancient", "ancient"), "followers", Count(5)), "api", slot)
    town.store.append(town.store.begin("hourly", slot, slot).id, [Fill("hourly", slot, outcome)])
    town.publish()
    assert town.naming("ancient") == []


async def test_after_a_hand_over_the_history_stays_and_leads_to_nobody_elses_page(town: Town) -> None:
    house = open_house(town.premises())
    changes.hand_over(house, "twitter/lab", Saying("jane", town.clock.now(), "another lab has it"))
    town.publish()
    assert "lab" in town.who(MONTH)
    assert town.departed()["lab"]["url"] == ""


async def test_a_month_is_written_anew_only_if_what_it_shows_has_changed(town: Town) -> None:
    month = town.folder / "public" / MONTH
    written = month.stat().st_mtime_ns
    town.publish("lab")
    assert month.stat().st_mtime_ns == written
    town.publish(rival="Department,1,twitter,rival,peer,public")
    assert {row["unit_id"] for row in town.rows(MONTH) if row["account"] == "twitter/rival"} == {"1"}
    written = month.stat().st_mtime_ns
    town.publish(energy="Department,1,twitter,energy,own,internal")
    assert month.stat().st_mtime_ns > written
