"""The U.S. Digital Registry's files, old and new, as rosters; not one e-mail address gets in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from headcount.model import Unit
from headcount.roster.parsed import Parsed
from headcount.roster.read import keepable, parse
from headcount.roster.registry.listed import without_emails
from tests.roster.books import workbook

CANARIES = ("canary.one@example.gov", "Canary+Two@mail.example.gov", "canary_3%40example.gov")
ONE, TWO, THREE = CANARIES

BULK = [
    "account_platform,account_url,account_name,short_description,long_description,language,agencies,contacts,notes",
    f"Twitter,https://twitter.com/ParksExample,Parks ({ONE}),write to {TWO},,English,Parks Service,{ONE},ask {ONE}",
    f"Google+,https://plus.google.com/+ParksExample,Parks,,,English,Parks Service|Mayor,{ONE},",
    f"Storify,https://storify.com/parks,Parks,,,English,Parks Service,{ONE},",
]
PUBLIC = [
    "agencies,account_type,account name,account url,tags,updated",
    f"Parks Service|Mayor {ONE},twitter,Parks,https://twitter.com/ParksExample,a|b,2016-05-04",
]
FULL = [
    "id,created_at,updated_at,service_url,organization,account,language,service,status,short_description,long_description,agencies,contacts,tags",
    f"1,,,https://twitter.com/ParksExample,Parks,ParksExample,English,twitter,published,,,Parks Service,{TWO},",
    f"2,,,https://twitter.com/GoneExample,Gone,GoneExample,English,twitter,archived,,,Parks Service,{TWO},",
    f"3,,,https://twitter.com/NewExample,New,NewExample,English,twitter,under_review,,,Parks Service,{TWO},",
    f"4,,,https://twitter.com/Gone2Example,Gone,Gone2Example,English,twitter,archived,,,Parks Service,{TWO},",
]
ADMIN = [
    "id,account,name,user_email,contact_emails,organization_names,tag_list,service,service_url,language,short_description,long_description,notes,certified_at,created_at,updated_at,aasm_state,legacy_id,legacy_notes",
    f'1,x,Parks,{ONE},"{ONE}, {TWO}","Parks Service, Mayor",,twitter,https://x.com/ParksExample,en,,,{THREE},,,,published,,{TWO}',
    f'2,x,Trees,{ONE},{ONE},"Bureau of Trees, Shrubs and Lawns",,other,https://x.com/i/user/12345,en,,,,,,,published,,',
    f"3,x,Lakes,{ONE},{ONE},Parks Service,,other,https://www.youtube.com/@LakesExample,en,,,,,,,published,,",
    f"4,x,Mayor,{ONE},{ONE},Mayor,,instagram,https://www.instagram.com/mayor_example/,en,,,,,,,submitted,,",
    f"5,x,Mayor,{ONE},{ONE},Mayor,,instagram,https://www.instagram.com/mayor_example/,en,,,,,,,published,,",
]


def item(number: int, service: str, url: str, **more: object) -> dict[str, Any]:
    agencies = [{"id": 7, "name": "Parks Service", "abbreviation": "PS", "domain": "parks.example.gov"}]
    return {
        "id": number, "name": f"Account {number}", "agencies": agencies, "contacts": [{"email": ONE}, {"email": TWO}],
        "service": service, "service_url": url, "language": "en", "status": "published",
        "short_description": f"write to {ONE}", "long_description": None, "tags": [],
    } | more  # fmt: skip


ITEMS = [
    item(1, "twitter", "https://x.com/ParksExample"),
    item(2, "other", "https://www.youtube.com/@LakesExample", agencies=[]),
    item(3, "google plus", "https://plus.google.com/+ParksExample", agencies=["Mayor"]),
]
ABOUT = {"meta": {"size": 100, "page": 0, "totalPages": 1}, "links": {"next": "https://example.gov/?page=1"}}
PACKED = [
    {"id": str(each["id"]), "type": "digital-service-accounts",
     "attributes": {name.replace("_", "-"): value for name, value in each.items()}}
    for each in ITEMS
]  # fmt: skip
OLD = [
    {"id": 1, "organization": "Parks", "account": "ParksExample", "service_key": "twitter", "service_display_name": "Twitter",
     "service_url": "https://twitter.com/ParksExample", "language": "English", "agencies": [{"id": 7, "name": "Parks Service"}]},
]  # fmt: skip
IN_PAGES = [
    ("7", "twitter", "ParksExample"),
    ("No agency named", "youtube", "@LakesExample"),
    ("Mayor", "google", "ParksExample"),
]


def text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def who(parsed: Parsed) -> list[tuple[str, str, str]]:
    assert parsed.faults == ()
    return [(entry.unit, entry.platform, entry.handle) for entry in parsed.roster.entries]


PARKS = ("Parks Service", "twitter", "ParksExample")
FILES: list[tuple[str, bytes, list[tuple[str, str, str]]]] = [
    ("bulk import", text(BULK), [
        PARKS, ("Parks Service", "google", "ParksExample"), ("Mayor", "google", "ParksExample"), ("Parks Service", "storify", "parks"),
    ]),
    ("public export", text(PUBLIC), [PARKS, ("Mayor [e-mail address]", "twitter", "ParksExample")]),
    ("full export", text(FULL), [PARKS]),
    ("Touchpoints export", text(ADMIN), [
        PARKS, ("Mayor", "twitter", "ParksExample"), ("Bureau of Trees, Shrubs and Lawns", "twitter", "12345"),
        ("Parks Service", "youtube", "@LakesExample"), ("Mayor", "instagram", "mayor_example"),
    ]),
    ("Touchpoints page", json.dumps(ABOUT | {"data": ITEMS}).encode(), IN_PAGES),
    ("Touchpoints JSON:API", json.dumps(ABOUT | {"data": PACKED}).encode(), IN_PAGES),
    ("Touchpoints plain JSON", json.dumps(ABOUT | {"digital_service_accounts": ITEMS}).encode(), IN_PAGES),
    ("a list", json.dumps(ITEMS).encode(), IN_PAGES),
    ("pages in a list", json.dumps([ABOUT | {"data": ITEMS[:1]}, ABOUT | {"results": ITEMS[1:]}]).encode(), IN_PAGES),
    ("lists in a list", json.dumps([ITEMS[:2], ITEMS[2:], []]).encode(), IN_PAGES),
    ("a page without accounts", json.dumps(ABOUT | {"data": []}).encode(), []),
    ("old interface", json.dumps({"metadata": {"count": 1}, "results": OLD}).encode(), [("7", "twitter", "ParksExample")]),
    ("a workbook", workbook([line.split(",") for line in BULK]), [
        PARKS, ("Parks Service", "google", "ParksExample"), ("Mayor", "google", "ParksExample"), ("Parks Service", "storify", "parks"),
    ]),
]  # fmt: skip
CONTENTS = [row[1] for row in FILES]
NAMES = [row[0] for row in FILES]


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in FILES], ids=NAMES)
def test_agencies_are_units_and_their_accounts_are_told_by_service_and_address(
    content: bytes, expected: list[tuple[str, str, str]]
) -> None:
    found = [(unit, platform, handle.removeprefix("@")) for unit, platform, handle in who(parse(content, "registry"))]
    assert found == [(unit, platform, handle.removeprefix("@")) for unit, platform, handle in expected]


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_no_e_mail_address_is_in_the_roster_in_a_complaint_or_in_what_is_kept(content: bytes) -> None:
    parsed = parse(content, "registry")
    kept = keepable(content, "registry").decode()
    for canary in CANARIES:
        assert canary.lower() not in repr(parsed).lower()
        assert canary.lower() not in kept.lower()


def test_the_files_that_are_looked_through_do_hold_e_mail_addresses() -> None:
    together = b"".join(CONTENTS).decode(errors="replace")
    assert all(canary in together for canary in CANARIES)


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_what_is_kept_reads_back_as_the_same_roster(content: bytes) -> None:
    before, after = parse(content, "registry"), parse(keepable(content, "registry"), "registry")
    assert (after.roster.units, who(after)) == (before.roster.units, who(before))
    assert [entry.name for entry in after.roster.entries] == [entry.name for entry in before.roster.entries]


def test_a_unit_has_the_number_and_the_abbreviation_that_the_registry_gives_it() -> None:
    parsed = parse(json.dumps(ITEMS).encode(), "registry")
    assert parsed.roster.units[0] == Unit("7", "Parks Service", abbreviation="PS")


LEFT_OUT = [
    (item(1, "disqus", "https://disqus.com/a"), "left out: 1 of the service disqus: there is no platform called 'disqus'"),
    (item(1, "twitter", "https://x.com/a", status="archived"), "left out: 1 in the state archived: only published ones are counted"),
    (item(1, "twitter", "https://x.com/a", status="created"), "left out: 1 in the state created: only published ones are counted"),
    (item(1, "twitter", ""), "left out: 'Account 1' has no address"),
    (item(1, "mastodon", ONE), "left out: an e-mail address stands where the address of an account should"),
    (item(1, "other", f"mailto:{TWO}"), "left out: an e-mail address stands where the address of an account should"),
    (item(1, "twitter", "https://x.com/a b"), "left out: 'https://x.com/a b' is not an account of twitter: it is an address of X (formerly Twitter), but of no account there"),
    (item(1, "other", "https://example.gov/a"), "left out: 'https://example.gov/a' is not the address of an account on a platform that headcount knows"),
    (item(1, "twitter", "https://x.com/ParksExample"), "twitter ParksExample stands there twice: first on line 1, column service_url"),
]  # fmt: skip


@pytest.mark.parametrize(("spoilt", "expected"), LEFT_OUT, ids=[row[1][:40] for row in LEFT_OUT])
def test_what_cannot_be_counted_is_left_out_and_told(spoilt: dict[str, Any], expected: str) -> None:
    parsed = parse(json.dumps([ITEMS[0], spoilt]).encode(), "registry")
    assert who(parsed) == [("7", "twitter", "ParksExample")]
    assert [warning.what for warning in parsed.warnings] == [expected]


def new_page(number: int, total: int, accounts: int, size: int = 2) -> dict[str, Any]:
    """A page of Touchpoints, whose total is rounded down."""
    about = {"size": size, "page": number, "totalPages": total}
    items = [item(each, "twitter", f"https://x.com/page{number}_{each}") for each in range(accounts)]
    return {"meta": about, "data": items}


def old_page(number: int, total: int) -> dict[str, Any]:
    about = {"count": 100, "page": number, "page_size": 1, "pages": total}
    return {"metadata": about, "results": [item(1, "twitter", f"https://x.com/page{number}")]}


PAGES: list[tuple[str, object, str | None]] = [
    ("one of five", new_page(0, 5, 2), "1 of 5 pages here: page 1, 2, 3, 4 missing"),
    ("one of four, old", old_page(1, 4), "1 of 4 pages here: page 2, 3, 4 missing"),
    ("one in a list", [old_page(3, 20)], "1 of 20 pages here: page 1, 2, 4, 5, 6, ... missing"),
    ("one between", [new_page(0, 2, 2), new_page(2, 2, 1)], "2 of 3 pages here: page 1 missing"),
    ("after a full last page", [new_page(0, 2, 2), new_page(1, 2, 2)], "2 of 3 pages here: page 2 missing"),
    ("the same twice", [old_page(1, 2), old_page(1, 2)], "1 of 2 pages here: page 2 missing"),
    ("all, old", [old_page(2, 2), old_page(1, 2)], None),
    ("all", [new_page(0, 2, 2), new_page(1, 2, 2), new_page(2, 2, 0)], None),
    ("a short last page", [new_page(0, 2, 2), new_page(1, 2, 1)], None),
    ("without errors", {**new_page(0, 0, 1), "errors": ["none"]}, None),
    ("the only one", new_page(0, 0, 1), None),
    ("no numbers", {"meta": {"page": "x", "totalPages": None}, "data": [item(1, "twitter", "https://x.com/a")]}, None),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_a_registry_of_which_pages_are_missing_is_no_roster(content: object, expected: str | None) -> None:
    faults = parse(json.dumps(content).encode(), "registry").faults
    assert [fault.what for fault in faults] == ([expected] if expected else [])


def test_characters_that_are_not_for_reading_are_left_out() -> None:
    spoilt = item(1, "twitter", "https://x.com/a", name="A\x1b[31m", agencies=[{"name": "B\u202e"}])
    parsed = parse(json.dumps([spoilt]).encode(), "registry")
    assert (parsed.faults, parsed.roster.units) == ((), (Unit("B", "B"),))
    assert parsed.roster.entries[0].name == "A[31m"


def test_an_account_of_two_agencies_is_told_by_their_names() -> None:
    agencies = [{"id": 7, "name": "Parks Service"}, {"id": 8, "name": "Mayor"}]
    parsed = parse(json.dumps([item(1, "twitter", "https://x.com/a", agencies=agencies)]).encode(), "registry")
    assert [fault.what for fault in parsed.warnings] == ["twitter a is listed for two units: Parks Service and Mayor"]


def test_many_accounts_that_are_left_out_for_one_reason_are_one_line() -> None:
    found = parse(text(FULL), "registry").warnings
    assert [(warning.line, warning.what) for warning in found] == [
        (3, "left out: 2 in the state archived: only published ones are counted"),
        (4, "left out: 1 in the state under review: only published ones are counted"),
    ]


def test_a_spoilt_cell_of_the_registry_is_told_and_stops_nobody() -> None:
    parsed = parse(text([*PUBLIC, f"A,twitter,B,https://x.com/b,1.23E+15,,{ONE}"]), "registry")
    assert [entry.handle for entry in parsed.roster.entries] == ["ParksExample", "ParksExample", "b"]
    assert [warning.line for warning in parsed.warnings] == [2, 3, 3]
    assert ONE not in repr(parsed)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"write to {ONE}, or <{TWO}>", "write to [e-mail address], or <[e-mail address]>"),
        ("mailto:a@b.example", "mailto:[e-mail address]"),
        ("@nasa@mastodon.social", "@nasa@mastodon.social"),
        ("https://mastodon.social/@nasa@mastodon.example", "https://mastodon.social/@nasa@mastodon.example"),
        ("https://www.flickr.com/photos/12345678@N00/", "https://www.flickr.com/photos/12345678@N00/"),
        ("https://www.youtube.com/@parks", "https://www.youtube.com/@parks"),
    ],
)
def test_e_mail_addresses_are_told_from_accounts(before: str, after: str) -> None:
    assert without_emails(before) == after


def test_the_recorded_table_is_read_without_its_contacts(recordings: Path) -> None:
    content = (recordings / "us_digital_registry/bulk_import_sample_2021.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    parsed = parse(content, "registry")
    assert parsed.faults == ()
    assert len(parsed.roster.entries) + len(parsed.warnings) == len(rows)
    assert parsed.roster.entries
    shown = repr(parsed) + keepable(content, "registry").decode()
    assert [row["contacts"] for row in rows if row["contacts"] in shown] == []
    assert all("@" in row["contacts"] for row in rows)
