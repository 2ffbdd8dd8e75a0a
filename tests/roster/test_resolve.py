"""Which accounts the entries of a roster are, and whom a job means."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from headcount.model import Account, Entry, Unit
from headcount.roster.resolve import People, resolve
from headcount.roster.select import select, unmatched
from headcount.store.nouns import Held, Known


def entry(handle: str, platform: str = "twitter", unit: str = "1", **more: object) -> Entry:
    return Entry(unit, platform, handle, **more)  # type: ignore[arg-type] # each test names the fields it is about


def keys(entries: list[Entry], *known: Known) -> list[str]:
    return [account.key for _, account in resolve(entries, known)]


OLD = Known("twitter/potus", "twitter", ("POTUS", "POTUS44"), {"x": "1"})
NEW = Known("twitter/potus-2", "twitter", ("potus",), {"x": "2"})


def test_an_account_that_nobody_knows_goes_by_the_key_that_it_would_get() -> None:
    ((_, account),) = resolve([entry("Exampleton", ids={"x": "9"})], ())
    assert account == Account("twitter/exampleton", "Exampleton", {"x": "9"})


def test_a_known_account_keeps_its_key_and_its_ids() -> None:
    known = Known("twitter/old-name", "twitter", ("Old_Name", "New_Name"), {"x": "7"})
    ((_, account),) = resolve([entry("NEW_name")], [known])
    assert account == Account("twitter/old-name", "NEW_name", {"x": "7"})


def test_an_id_says_more_than_a_handle() -> None:
    by_id = Known("twitter/before", "twitter", ("before",), {"x": "9"})
    by_handle = Known("twitter/now", "twitter", ("now",), {"x": "8"})
    assert keys([entry("now", ids={"x": "9"})], by_handle, by_id) == ["twitter/before"]


def test_a_handle_whose_id_is_another_is_another_account() -> None:
    known = Known("twitter/city", "twitter", ("city",), {"x": "1"})
    assert keys([entry("city", ids={"x": "2"})], known) == ["twitter/city-2"]


def test_ids_of_different_schemes_do_not_contradict() -> None:
    known = Known("instagram/city", "instagram", ("city",), {"pk": "1"})
    ((_, account),) = resolve([entry("city", "instagram", ids={"graph": "2"})], [known])
    assert account == Account("instagram/city", "city", {"pk": "1", "graph": "2"})


def test_an_entry_that_names_an_id_only_goes_by_the_newest_handle() -> None:
    known = Known("twitter/city", "twitter", ("city", "the_city"), {"x": "1"})
    ((_, account),) = resolve([entry("1", ids={"x": "1"})], [known])
    assert account == Account("twitter/city", "the_city", {"x": "1"})


@pytest.mark.parametrize("known", [(OLD, NEW), (NEW, OLD)])
def test_a_handle_that_was_handed_over_is_the_one_who_has_it_today(known: tuple[Known, ...]) -> None:
    assert keys([entry("POTUS"), entry("potus44")], *known) == ["twitter/potus-2", "twitter/potus"]


def test_of_two_that_go_by_one_handle_the_newest_key_is_meant() -> None:
    both = [Known(f"twitter/city{end}", "twitter", ("city",), {"x": end}) for end in ("-2", "", "-10")]
    assert keys([entry("city")], *both) == ["twitter/city-10"]


def test_a_key_that_another_account_has_gets_a_number() -> None:
    entries = [entry("a/b", "reddit"), entry("a-b", "reddit"), entry("A/B", "reddit", unit="2")]
    assert keys(entries) == ["reddit/a-b", "reddit/a-b-2", "reddit/a-b"]
    assert keys([entry("a/b", "reddit")], Known("reddit/a-b", "reddit", ("other",))) == ["reddit/a-b-2"]


def test_platforms_do_not_mix() -> None:
    assert keys([entry("city", "slideshare")], Known("twitter/city", "twitter", ("city",))) == ["slideshare/city"]


THEN = datetime(2026, 11, 1, tzinfo=UTC)
RENAMED = Known(
    "twitter/a", "twitter", ("a", "e"), {"x": "1"}, (Held("a", THEN), Held("e", THEN + timedelta(days=9), "jane"))
)
FOLLOWED = structs.replace(RENAMED, held=(Held("a", THEN), Held("e", THEN + timedelta(days=9))))


@pytest.mark.parametrize(
    ("why", "known", "entries", "expected"),
    [
        ("both names are its own", RENAMED, [entry("a")], ["twitter/a"]),
        ("until another line names it", RENAMED, [entry("e"), entry("a")], ["twitter/a", "twitter/a-2"]),
        ("in whatever order", RENAMED, [entry("@A"), entry("E")], ["twitter/a-2", "twitter/a"]),
        ("or names its id", RENAMED, [entry("1", ids={"x": "1"}), entry("a")], ["twitter/a", "twitter/a-2"]),
        (
            "at the same time",
            RENAMED,
            [entry("a", until=date(2026, 11, 9)), entry("e", since=date(2026, 11, 10))],
            ["twitter/a", "twitter/a"],
        ),
        ("of the same platform", RENAMED, [entry("e", "slideshare"), entry("a")], ["slideshare/e", "twitter/a"]),
        ("where a person said so", FOLLOWED, [entry("e"), entry("a")], ["twitter/a", "twitter/a"]),
    ],
)
def test_a_name_that_a_person_said_was_given_up_is_free_for_another(
    why: str, known: Known, entries: list[Entry], expected: list[str]
) -> None:
    assert keys(entries, known) == expected, why


def test_who_has_taken_a_free_name_and_is_known_by_it_is_meant() -> None:
    heir = Known("twitter/b", "twitter", ("b", "a"), {"x": "2"})
    assert keys([entry("e"), entry("a")], RENAMED, heir) == ["twitter/a", "twitter/b"]


UNITS = (Unit("1", "City"), Unit("2", "Parks", parent="1"), Unit("3", "Trees", parent="2"), Unit("4", "Port"))
PEOPLE: People = resolve(
    [
        entry("City"),
        entry("city", "slideshare", group="main"),
        entry("Parks", unit="2"),
        entry("Trees", unit="3", group="green"),
        entry("Port_Of", unit="4", group="green"),
        entry("u/port", "reddit", unit="4"),
    ],
    (),
)


@pytest.mark.parametrize(
    ("selectors", "meant"),
    [
        (["*"], [0, 1, 2, 3, 4, 5]),
        (["unit:1"], [0, 1, 2, 3]),
        (["unit:2"], [2, 3]),
        (["platform:slideshare"], [1]),
        (["platform:x"], [0, 2, 3, 4]),
        (["group:green"], [3, 4]),
        (["twitter/port_of"], [4]),
        (["twitter/Port_Of"], [4]),
        (["x/@PORT_OF"], [4]),
        (["reddit/u-port"], [5]),
        (["reddit/u/port"], [5]),
        (["unit:3", "twitter/trees", "twitter/city"], [0, 3]),
        (["unit:9"], []),
        ([], []),
    ],
)
def test_a_job_means_those_whom_one_of_its_words_means(selectors: list[str], meant: list[int]) -> None:
    assert list(select(PEOPLE, UNITS, selectors)) == [PEOPLE[number] for number in meant]


def test_a_word_that_means_nobody_is_told_with_the_nearest_good_one() -> None:
    selectors = ["*", "unit:2", "unit:22", "twitter/prot_of", "group:gren", "platform:tiktok"]
    assert unmatched(PEOPLE, UNITS, selectors) == (
        "unit:22 means nobody in the roster (did you mean unit:2?)",
        "twitter/prot_of means nobody in the roster (did you mean twitter/port_of?)",
        "group:gren means nobody in the roster (did you mean group:green?)",
        "platform:tiktok means nobody in the roster",
    )
