"""Pinterest: one token for one account, and what is sent."""

from __future__ import annotations

from headcount.model import Reading
from headcount.net.message import Get
from headcount.platforms.pinterest import API, PLATFORM
from tests.platforms.replaying import account, rehearse, way
from tests.platforms.tables.pinterest import IDS, profile, user


def test_one_request_tells_the_token_s_own_account_from_all_others() -> None:
    accounts = [account("pinterest", name) for name in ("nasa", "ENERGY", "noaa")]
    replayed = rehearse(way("pinterest", "api"), accounts, user())
    said = {each.account.handle: "read" if isinstance(each, Reading) else each.reason for each in replayed.said}
    assert said == {"nasa": "not_found", "ENERGY": "read", "noaa": "not_found"}
    assert replayed.requests == [Get("{api}/v5/user_account")]
    assert not any(each.final for each in replayed.said if not isinstance(each, Reading)), "the page may know them"


def test_a_page_is_asked_for_by_name_and_read_by_the_pinned_id() -> None:
    others = user("energy", 9, "5")
    replayed = rehearse(
        way("pinterest", "page"), [account("pinterest", "energy", **IDS)], profile(others, user("energy_dept"))
    )
    (said,) = replayed.said
    assert isinstance(said, Reading)
    assert (said.count.value, said.handle) == (5_000, "energy_dept")
    assert replayed.requests == [Get("{page}/energy/")]


def test_the_token_is_in_a_header_and_nowhere_else() -> None:
    signed = API.sign(Get("{api}/v5/user_account"), {"token": "t0ken"})
    assert signed == Get("{api}/v5/user_account", headers={"authorization": "Bearer t0ken"})
    assert [source.official for source in PLATFORM.sources] == [True, False]
