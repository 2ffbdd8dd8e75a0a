"""Two lines of a unit that mean one account, in different words, count once."""

from __future__ import annotations

from headcount.cli.saying.standing import standings
from headcount.pipeline.expecting import vitals
from headcount.pipeline.house import open_house
from tests.pipeline.town import Town

LAB = "twitter/lab"


async def test_an_account_that_two_lines_of_a_unit_name_differently_is_counted_once(town: Town) -> None:
    town.publish("secret", "rival", "energy")
    (before,) = [row["twitter"] for row in town.rows("all_social_data.csv") if row["zid"] == "2"]
    number = {known.key: known.ids["x"] for known in town.store.accounts()}[LAB]
    town.publish(again=f"Lab,2,twitter,https://x.com/i/user/{number},own,public")
    (after,) = [row["twitter"] for row in town.rows("all_social_data.csv") if row["zid"] == "2"]
    assert after == before != ""
    assert [account["key"] for unit in town.document("accounts.json")["units"] for account in unit["accounts"]] == [LAB]
    house = open_house(town.premises())
    assert [each.account for each in standings(house, vitals(house))] == [LAB]


async def test_an_account_of_two_units_counts_for_both(town: Town) -> None:
    town.publish("secret", "rival", again="Department,1,twitter,lab,own,public")
    cells = {row["zid"]: row["twitter"] for row in town.rows("all_social_data.csv")}
    lab = {each.key: each.count for each in town.store.latest(town.clock.now())}[LAB]
    assert cells["2"] == str(lab)
    assert int(cells["1"]) > lab


async def test_the_one_that_hides_it_is_kept(town: Town) -> None:
    number = {known.key: known.ids["x"] for known in town.store.accounts()}[LAB]
    town.publish("secret", "rival", again=f"Lab,2,twitter,https://x.com/i/user/{number},own,internal")
    assert town.naming("twitter/lab") == []
