"""Accounts over several runs against the demo server: followed by id, never mixed with who has their handle now."""

from __future__ import annotations

import pytest

from headcount.demo.people import Fate
from headcount.pipeline.collecting.notices import what_to_do
from tests.pipeline.city import City


async def test_ids_are_pinned_at_the_first_answer_and_asked_for_from_then_on(city: City) -> None:
    first, second = await city.run(), await city.run()
    assert (
        first.said
        == second.said
        == dict.fromkeys(["twitter/energy", "twitter/nnsa", "youtube/nnsa", "youtube/user-argonne"], "counted")
    )
    assert all(known.ids for known in city.house.known.values())
    assert all(account.ids for _, account in city.house.people), "by id, whatever form the roster writes"
    assert (first.requests, second.requests) == (3, 2), "YouTube takes one name a request, and fifty ids"


async def test_a_roster_that_writes_a_known_account_in_another_form_is_understood_from_the_next_run_on(
    city: City,
) -> None:
    await city.run()
    city.roster({"youtube": ("user/nnsa",)})
    for _ in range(2):
        assert (await city.run()).said == {"youtube/nnsa": "counted"}
    ((_, account),) = city.house.people
    assert (account.key, list(account.ids)) == ("youtube/nnsa", ["uc"])


async def test_a_handle_that_has_changed_is_followed_and_told_and_both_names_are_kept_with_their_dates(
    city: City,
) -> None:
    await city.run()
    before = city.clock.now()
    ran = await city.run({"twitter": {"energy": "renamed"}})
    assert ran.said["twitter/energy"] == "counted"
    assert [name for name, _ in city.handles("twitter/energy")] == ["energy", "energyNew"]
    dates = [since for _, since in city.handles("twitter/energy")]
    assert dates[0] <= before < dates[1]
    (notice,) = ran.turnout.notices
    assert notice.startswith("twitter/energy goes by energyNew now, no longer by energy, and is counted on")
    assert (await city.run({"twitter": {"energy": "renamed"}})).turnout.notices == (), "told once"


@pytest.mark.parametrize("handle", ["energy", "energyNew"])
async def test_the_roster_may_name_the_old_handle_or_the_new_one(city: City, handle: str) -> None:
    await city.run()
    city.roster({"twitter": (handle,)})
    assert (await city.run({"twitter": {"energy": "renamed"}})).said == {"twitter/energy": "counted"}
    assert (await city.run({"twitter": {"energy": "renamed"}})).said == {"twitter/energy": "counted"}
    assert [key for key in city.house.known if "energy" in key] == ["twitter/energy"]


async def test_a_handle_that_answers_with_another_id_is_not_counted_and_told_with_what_to_do(city: City) -> None:
    await city.run(credentials="")
    counted = {each.key: each.taken_at for each in city.store.latest(city.clock.now())}
    ran = await city.run({"twitter": {"energy": "reused"}}, credentials="")
    assert ran.said["twitter/energy"] == "renamed_or_reused"
    assert ran.status == 1
    (notice,) = ran.turnout.notices
    assert "x id is" in notice
    assert notice.endswith(what_to_do("twitter/energy"))
    shown = {each.key: each.taken_at for each in city.store.latest(city.clock.now())}
    assert shown["twitter/energy"] == counted["twitter/energy"]


async def test_where_a_platform_cannot_be_asked_by_id_it_is_asked_by_the_handle_that_a_person_gave(city: City) -> None:
    city.roster({"twitter": ("energy",)})
    await city.run(credentials="")
    renamed: dict[str, dict[str, Fate]] = {"twitter": {"energy": "renamed"}}
    assert (await city.run(renamed, credentials="")).said["twitter/energy"] != "counted"
    city.say("rename", "twitter/energy", "energyNew")
    assert (await city.run(renamed, credentials="")).said == {"twitter/energy": "counted"}
