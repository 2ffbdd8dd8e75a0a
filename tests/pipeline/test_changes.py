"""What people say of accounts, over several runs: renamed, handed over, archived, opened again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.demo.people import Fate
from headcount.errors import Mistake
from tests.pipeline.city import HOUR, NOON, City
from tests.stores.material import NOVEMBER


async def test_after_a_hand_over_the_handle_has_a_key_of_its_own_and_the_old_one_is_closed(city: City) -> None:
    await city.run()
    city.say("handover", "twitter/energy")
    reused: dict[str, dict[str, Fate]] = {"twitter": {"energy": "reused"}}
    for _ in range(2):
        ran = await city.run(reused)
        assert ran.said["twitter/energy-2"] == "counted"
        assert "twitter/energy" not in ran.said
    old, new = city.house.known["twitter/energy"], city.house.known["twitter/energy-2"]
    assert old.ids["x"] != new.ids["x"]
    assert old.closed
    assert new.closed is None
    assert {row.key for row in city.store.fills(*NOVEMBER) if "energy" in row.key and row.slot.hour > 13} == {
        "twitter/energy-2"
    }


async def test_a_hand_over_that_has_not_happened_counts_nobody_and_says_so(city: City) -> None:
    await city.run()
    city.say("handover", "twitter/energy")
    ran = await city.run()
    assert ran.said["twitter/energy-2"] == "renamed_or_reused"
    (notice,) = ran.turnout.notices
    assert notice.startswith("twitter/energy-2 is not counted: people and the platform contradict each other")
    assert "twitter/energy was handed over on 2026-11-20, yet it still answers to energy (x id " in notice
    assert "`headcount account reopen twitter/energy --why TEXT`" in notice
    city.say("reopen", "twitter/energy")
    assert (await city.run()).said["twitter/energy"] == "counted"


async def test_nor_is_it_counted_if_the_hand_over_is_dated_before_the_first_answer(city: City) -> None:
    await city.run()
    city.say("handover", "twitter/energy", at=NOON - 24 * HOUR)
    ran = await city.run()
    assert ran.said["twitter/energy-2"] == "renamed_or_reused"
    assert "twitter/energy" not in ran.said
    assert len(ran.turnout.notices) == 1
    assert {row.slot.hour for row in city.store.fills(*NOVEMBER) if row.key == "twitter/energy"} == {13}


async def test_nor_if_the_roster_names_it_by_its_id(city: City) -> None:
    await city.run()
    ((_, value),) = city.house.known["twitter/energy"].ids.items()
    city.roster({"twitter": (f"https://x.com/i/user/{value}",)})
    assert (await city.run()).said == {"twitter/energy": "counted"}
    city.say("handover", "twitter/energy")
    ran = await city.run()
    assert ran.said == {"twitter/energy": "renamed_or_reused"}
    assert "people and the platform contradict each other" in ran.turnout.notices[0]


async def test_whoever_takes_a_name_that_a_person_said_was_given_up_gets_a_key_of_its_own(city: City) -> None:
    await city.run()
    await city.run({"twitter": {"energy": "renamed"}})
    city.roster({"twitter": ("energyNew", "energy")})
    reused: dict[str, dict[str, Fate]] = {"twitter": {"energy": "reused"}}
    ran = await city.run(reused)
    assert ran.said == {"twitter/energy": "counted"}
    assert "and as energy (line 3, column account), and both get its count" in ran.turnout.notices[-1]
    city.say("rename", "twitter/energy", "energyNew")
    for _ in range(2):
        ran = await city.run(reused)
        assert ran.said == {"twitter/energy": "counted", "twitter/energy-2": "counted"}
        assert ran.turnout.notices == ()
    old, new = city.house.known["twitter/energy"], city.house.known["twitter/energy-2"]
    assert old.ids["x"] != new.ids["x"]


async def test_where_it_was_not_given_up_nobody_gets_its_count_twice(city: City) -> None:
    await city.run()
    city.say("rename", "twitter/energy", "energyNew")
    city.roster({"twitter": ("energyNew", "energy")})
    assert (await city.run()).said == {"twitter/energy": "counted", "twitter/energy-2": "renamed_or_reused"}


async def test_an_account_whose_handle_has_passed_on_is_counted_on_under_its_next_one_if_a_person_says_so(
    city: City,
) -> None:
    await city.run()
    city.say("handover", "twitter/energy")
    city.clock.move(60)
    city.say("rename", "twitter/energy", "energyNew")
    city.roster({"twitter": ("energy", "energyNew")})
    ran = await city.run({"twitter": {"energy": "reused"}})
    assert ran.said == {"twitter/energy": "counted", "twitter/energy-2": "counted"}


async def test_an_archived_account_is_not_asked_about(city: City) -> None:
    await city.run()
    city.say("archive", "twitter/energy")
    ran = await city.run()
    assert "twitter/energy" not in ran.said
    assert ran.status == 0
    assert ran.turnout.notices == ("1 archived and not asked about: `headcount account list` names them",)


async def test_an_archived_account_that_the_roster_names_anew_is_told(city: City) -> None:
    await city.run()
    city.say("archive", "twitter/energy")
    city.roster({"twitter": ("energyNew",)})
    ran = await city.run({"twitter": {"energy": "renamed"}})
    assert ran.said == {"twitter/energynew": "renamed_or_reused"}
    assert "which was archived on 2026-11-20" in ran.turnout.notices[0]


async def test_nothing_is_closed_or_opened_without_a_reason(city: City) -> None:
    await city.run()
    for what in ("archive", "handover", "reopen"):
        with pytest.raises(Mistake, match="say why"):
            city.say(what, "twitter/energy", why=" ")
    assert city.house.known["twitter/energy"].closed is None


async def test_nothing_is_opened_again_before_it_was_closed(city: City) -> None:
    await city.run()
    city.say("archive", "twitter/energy")
    await city.run()
    with pytest.raises(Mistake, match="was archived on 2026-11-20, and cannot be opened again on 2019-01-01"):
        city.say("reopen", "twitter/energy", at=datetime(2019, 1, 1, tzinfo=UTC))
    city.say("reopen", "twitter/energy", at=city.clock.now())


async def test_a_handle_is_another_accounts_until_a_person_says_that_it_was_given_up(city: City) -> None:
    await city.run()
    with pytest.raises(Mistake) as refused:
        city.say("rename", "twitter/nnsa", "energy")
    assert "first `headcount account rename twitter/energy HANDLE`" in str(refused.value)
    assert "first `headcount account handover twitter/energy --at TIME --why TEXT`" in str(refused.value)
    city.say("rename", "twitter/energy", "energyNew")
    await city.run({"twitter": {"energy": "renamed"}})
    city.say("rename", "twitter/nnsa", "energy")
    with pytest.raises(Mistake, match="energyNew is the handle of twitter/energy"):
        city.say("rename", "twitter/nnsa", "energyNew")
