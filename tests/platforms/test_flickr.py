"""Flickr: what is asked for, and that nobody else's photostream is counted."""

from __future__ import annotations

import pytest

from headcount.model import Reading
from headcount.net.message import Get, Reply
from headcount.platforms.replies.flickr_page import refusal
from tests.platforms.replaying import account, rehearse, replay, reply, way
from tests.platforms.tables.flickr import IDS, models, owner, page, shown


@pytest.mark.parametrize(
    ("handle", "ids", "url"),
    [
        ("departmentofenergy", {}, "{page}/photos/departmentofenergy/"),
        ("37916456@N02", {}, "{page}/photos/37916456@N02/"),
        ("an-old-alias", IDS, "{page}/photos/37916456@N02/"),
        ("ps/2iQxLp", {}, "{short}/ps/2iQxLp"),
        ("ps/2iQxLp", IDS, "{page}/photos/37916456@N02/"),
        ("../people/x?y", {}, "{page}/photos/..%2Fpeople%2Fx%3Fy/"),
    ],
)
def test_the_page_that_is_asked_for(handle: str, ids: dict[str, str], url: str) -> None:
    assert rehearse(way("flickr", "page"), [account("flickr", handle, **ids)], shown()).requests == [Get(url)]


def test_a_short_link_is_followed_to_the_alias_and_the_id_that_it_leads_to() -> None:
    (said,) = replay("flickr", "page", "ps/2iQxLp", shown())
    assert isinstance(said, Reading)
    assert (said.handle, said.ids) == ("departmentofenergy", IDS)


@pytest.mark.parametrize(
    "whose",
    [owner(nsid="37916456"), owner(nsid="37916456%40N02%0A"), owner(nsid=5), owner("de%0Apartment"), owner(""), {}],
)
def test_an_owner_who_is_none_is_not_believed(whose: dict[str, object]) -> None:
    (said,) = replay("flickr", "page", "ps/2iQxLp", page(models(whose)))
    assert not isinstance(said, Reading)


@pytest.mark.parametrize(
    ("came", "scope"), [(reply("", 403), "source"), (reply("", 405, x_amzn_waf_action="captcha"), "source")]
)
def test_a_wall_is_everybody_s(came: Reply, scope: str) -> None:
    refused = refusal(came)
    assert refused is not None
    assert refused.scope == scope
