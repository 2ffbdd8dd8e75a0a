"""Medium: what is asked and in which order, and who is meant where many stand on a page."""

from __future__ import annotations

import pytest

from headcount.model import Count, Miss, Reading
from headcount.platforms import platform
from headcount.platforms.kit.contract import Refusal
from headcount.roster.identify import identify
from headcount.roster.keys import key_of
from tests.platforms.replaying import account, rehearse, reply
from tests.platforms.tables.medium import NOBODY, UID, page, person, publication, writer

(PAGE,) = platform("medium").sources
ASKED = account("medium", "RiverLab")
PUBLICATION = account("medium", "publication/river-lab")


def test_the_json_is_asked_for_first_and_then_the_page() -> None:
    first, second = rehearse(PAGE, [ASKED], NOBODY, page(writer())).requests
    assert (first.url, first.query) == ("{page}/@RiverLab", {"format": "json"})
    assert (second.url, second.query) == ("{page}/@RiverLab", {})


@pytest.mark.parametrize("answer", [person(), page(writer())])
def test_one_answer_that_tells_is_enough(answer: str) -> None:
    assert len(rehearse(PAGE, [ASKED], answer).requests) == 1


def test_a_publication_has_an_address_of_its_own() -> None:
    replayed = rehearse(PAGE, [PUBLICATION], page(publication()))
    assert [request.url for request in replayed.requests] == ["{page}/river-lab"]


def test_a_person_and_a_publication_of_one_name_are_two() -> None:
    entries = page(writer("river-lab", 7), publication("river-lab", 9))
    (one,) = rehearse(PAGE, [account("medium", "river-lab")], entries).said
    (other,) = rehearse(PAGE, [PUBLICATION], entries).said
    assert isinstance(one, Reading)
    assert isinstance(other, Reading)
    assert (one.count, other.count) == (Count(7), Count(9))
    keys = {key_of("medium", identify(f"https://medium.com/{path}").handle) for path in ("@river-lab", "river-lab")}
    assert keys == {"medium/river-lab", "medium/publication-river-lab"}


def test_another_id_is_somebody_else() -> None:
    for answer in (person(), page(writer())):
        (said,) = rehearse(PAGE, [account("medium", "RiverLab", user="c999")], answer).said
        assert isinstance(said, Miss)
        assert (said.reason, UID in said.detail) == ("renamed_or_reused", True)


def test_a_check_of_the_browser_holds_for_every_page() -> None:
    assert PAGE.refusal(reply("<title>Just a moment...</title>", 403)) == Refusal("blocked", "HTTP 403", "source")


def test_it_is_no_official_interface() -> None:
    assert not PAGE.official
