"""What rosters say in each of their formats, and where a complaint points."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from headcount.errors import Mistake
from headcount.model import LAST, Entry, Unit
from headcount.roster.read import examine, parse, read_roster

WIDE = """\
type,zid,twitter,slideshare,google,storify
City of Exampleton,1,Exampleton|ExampletonLive,exampleton,+Exampleton,exampleton
Mayor,2,@Mayor_Example,,,
,,,,,
Parks,3,https://twitter.com/ParksExample?lang=en,,,
Archive,4,,,,
,,,,,
"""
TIDY = """\
Unit,Unit ID,Parent-ID,abbreviation,holder,active,platform,account,name,language,priority,group,relation,visibility,collect,from,to,notes
City of Exampleton,1,,CITY,,yes,X,@Exampleton,The city,en,5,main,,,,2020-01-01,,
City of Exampleton,1,,,,,,https://x.com/i/user/12345,,,,,,internal,no,,2024-12-31,kept for the record
Mayor,2,1,,Ann Example,,slideshare,mayor,,,,,,,,,,
Archive,3,1,,,no,,,,,,,,,,,,
Neighbour,4,,,,,twitter,Neighbourton,,,,,Peer,,,,,
"""
CHART = """\
{
  "type": "City of Exampleton", "zid": "1", "name": "", "active": "yes", "abbreviation": "CITY",
  "accounts": [{"twitter": "Exampleton", "linkedIn": "", "googleplus": "+Exampleton"}],
  "children": [
    {
      "type": "Mayor", "zid": 2, "name": "Ann Example", "active": "yes", "abbreviation": "",
      "accounts": [{
        "twitter": "Mayor_Example|MayorsDog",
        "slideshare": "mayor"
      }],
      "children": [{"type": "", "zid": "", "name": "null", "active": "no", "accounts": [],
        "children": [{"type": "Archive", "zid": "4", "active": "no", "accounts": {}}]}]
    }
  ]
}
"""


def units(content: str) -> list[Unit]:
    return list(parse(content.encode(), "roster").roster.units)


def handles(content: str | bytes) -> list[tuple[str, str, str]]:
    parsed = parse(content.encode() if isinstance(content, str) else content, "roster")
    assert parsed.faults == ()
    return [(entry.unit, entry.platform, entry.handle) for entry in parsed.roster.entries]


def faults(content: str | bytes) -> list[str]:
    parsed = parse(content.encode() if isinstance(content, str) else content, "roster")
    return [str(fault).removeprefix("roster").removeprefix(", line ") for fault in parsed.faults]


def test_a_wide_roster_has_a_unit_a_row_and_a_platform_a_column() -> None:
    assert units(WIDE) == [
        Unit("1", "City of Exampleton"),
        Unit("2", "Mayor"),
        Unit("spacer-1", "", active=False),
        Unit("3", "Parks"),
        Unit("4", "Archive"),
    ]
    assert handles(WIDE) == [
        ("1", "twitter", "Exampleton"),
        ("1", "twitter", "ExampletonLive"),
        ("1", "slideshare", "exampleton"),
        ("1", "google", "Exampleton"),
        ("1", "storify", "exampleton"),
        ("2", "twitter", "Mayor_Example"),
        ("3", "twitter", "ParksExample"),
    ]


def test_a_tidy_roster_has_an_account_a_row() -> None:
    assert units(TIDY) == [
        Unit("1", "City of Exampleton", abbreviation="CITY"),
        Unit("2", "Mayor", parent="1", holder="Ann Example"),
        Unit("3", "Archive", parent="1", active=False),
        Unit("4", "Neighbour"),
    ]
    assert list(parse(TIDY.encode(), "roster").roster.entries) == [
        Entry(
            "1", "twitter", "Exampleton", name="The city", language="en", priority=5, group="main",
            since=date(2020, 1, 1), place="line 2, column account",
        ),
        Entry(
            "1", "twitter", "12345", ids={"x": "12345"}, visibility="internal", collect=False,
            until=date(2024, 12, 31), place="line 3, column account",
        ),
        Entry("2", "slideshare", "mayor", place="line 4, column account"),
        Entry("4", "twitter", "Neighbourton", relation="peer", place="line 6, column account"),
    ]  # fmt: skip


def test_a_cell_of_a_tidy_roster_may_hold_several_accounts() -> None:
    text = "unit,platform,account,group\nParks,slideshare,parks | trees|,green\nParks,,https://x.com/a|https://x.com/b,green\n"
    assert handles(text) == [
        ("Parks", "slideshare", "parks"),
        ("Parks", "slideshare", "trees"),
        ("Parks", "twitter", "a"),
        ("Parks", "twitter", "b"),
    ]
    assert {entry.group for entry in parse(text.encode(), "roster").roster.entries} == {"green"}


def test_an_account_without_a_priority_comes_after_all_that_have_one() -> None:
    text = "unit,platform,account,priority\nA,slideshare,aaa,\nA,slideshare,bbb,999999998\nA,slideshare,ccc,1\n"
    entries = sorted(parse(text.encode(), "roster").roster.entries, key=lambda entry: entry.priority)
    assert [entry.handle for entry in entries] == ["ccc", "bbb", "aaa"]
    assert entries[-1].priority == LAST == Entry("A", "slideshare", "aaa").priority


def test_a_tidy_roster_needs_no_ids() -> None:
    text = "unit,platform,account\nParks,twitter,ParksExample\nParks,slideshare,parks\nMayor,twitter,Mayor_Example\n"
    assert units(text) == [Unit("Parks", "Parks"), Unit("Mayor", "Mayor")]
    assert [unit for unit, _, _ in handles(text)] == ["Parks", "Parks", "Mayor"]


def test_a_later_row_may_name_its_unit_by_name_or_by_id_alone() -> None:
    text = "unit,unit_id,platform,account\nParks,7,twitter,ParksExample\nParks,,twitter,Trees\n,7,twitter,Lakes\n"
    assert [unit for unit, _, _ in handles(text)] == ["7", "7", "7"]


def test_an_organisation_chart_is_a_tree_of_units() -> None:
    assert units(CHART) == [
        Unit("1", "City of Exampleton", abbreviation="CITY"),
        Unit("2", "Mayor", parent="1", holder="Ann Example"),
        Unit("spacer-1", "", parent="2", active=False),
        Unit("4", "Archive", parent="spacer-1", active=False),
    ]
    assert handles(CHART) == [
        ("1", "twitter", "Exampleton"),
        ("1", "google", "Exampleton"),
        ("2", "twitter", "Mayor_Example"),
        ("2", "twitter", "MayorsDog"),
        ("2", "slideshare", "mayor"),
    ]
    assert [entry.place for entry in parse(CHART.encode(), "roster").roster.entries] == [
        "line 3, column twitter",
        "line 3, column googleplus",
        "line 8, column twitter",
        "line 8, column twitter",
        "line 9, column slideshare",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + WIDE.encode(),
        WIDE.replace(",", ";").encode(),
        WIDE.replace(",", "\t").encode(),
        (
            "sep=|\n" + WIDE.replace("Exampleton|ExampletonLive", '"Exampleton|ExampletonLive"').replace(",", "|")
        ).encode(),
        WIDE.replace(",", "\t").encode("utf-16"),
        b"\xff\xfe" + WIDE.encode("utf-16-le"),
        b"\xfe\xff" + WIDE.encode("utf-16-be"),
        WIDE.replace("\n", "\r\n").encode(),
        WIDE.replace("\n", "\r").encode(),
        WIDE.replace("Archive", "Präfektur").encode("cp1252"),
        WIDE.replace("Mayor,2,@", "Mayor,2, \u200b\u00a0@").encode(),
        WIDE.replace("Mayor,2", '"Mayor\nof Exampleton",2').encode(),
    ],
    ids=[
        "byte order mark",
        "semicolons",
        "tabs",
        "separator told",
        "Unicode Text",
        "UTF-16 LE",
        "UTF-16 BE",
        "CRLF",
        "CR",
        "Windows-1252",
        "invisible letters",
        "quoted line end",
    ],
)
def test_what_spreadsheets_do_to_a_file_is_understood(content: bytes) -> None:
    assert handles(content) == handles(WIDE)


def test_a_name_in_windows_1252_keeps_its_letters() -> None:
    text = "type,zid,twitter\nŒuvre à Süd,1,\n"
    assert parse(text.encode("cp1252"), "roster").roster.units == (Unit("1", "Œuvre à Süd"),)


FAULTS = [
    # the file
    (b"", ["1: the file is empty"]),
    (b"a\0b", [": this is not a text (save it as CSV UTF-8)"]),
    (b"\xff\xfea", [": this is not a text (save it as CSV UTF-8)"]),
    (b"\xff\xfea\0\0\0", [": this is not a text (save it as CSV UTF-8)"]),
    (b" " * 32_000_001, [": this is larger than 32 MB, and no roster"]),
    (b"sep=;\n", ["1: the file is empty"]),
    (b"a\x81b", [": this is not a text (save it as CSV UTF-8)"]),
    ("name,size\na,1\n", [
        ("1: this is not a roster that headcount can read (a roster has the columns "
        "unit,unit_id,parent_id,platform,account or type,zid,facebook,twitter,...; or is an org-chart JSON, or an export of "
        "the U.S. Digital Registry)"),
    ]),
    ('type,zid,twitter\n"Mayor,1,a\n', ["2: this is not CSV: unexpected end of data"]),
    ('type,zid,twitter\nA,1,\n"Mayor"s,1,a\n', ["3: this is not CSV: ',' expected after '\"'"]),
    # the header
    ("type,zid,twiter\n", ["1, column twiter: there is no platform called 'twiter' (did you mean twitter?)"]),
    ("type,zid,twitter,twitter\n", ["1, column twitter: the column stands there twice"]),
    ("type,zid,twitter,Twitter\n", ["1, column Twitter: the column stands there twice, and first as 'twitter'"]),
    ("unit,account,Account\nA,x.com/a,\n", ["1, column Account: the column stands there twice, and first as 'account'"]),
    ("unit,unit-id,Unit ID,account\n", ["1, column Unit ID: the column stands there twice, and first as 'unit-id'"]),
    ("unit,account,visibilty\n", ["1, column visibilty: this is not a column of a roster (did you mean visibility?)"]),
    ("type,zid,twitter,\nMayor,1,a,b\n", ["2, column 4: 'b' stands in a column without a name"]),
    ("type,zid,twitter\nMayor,1,a,,b\n", ["2, column 5: 'b' stands in a column without a name"]),
    # units
    ("type,zid,twitter\nMayor,,a\n", ["2, column zid: the unit 'Mayor' has no id"]),
    ("type,zid,twitter\n,,a\n", ["2, column zid: this names no unit"]),
    ("type,zid,twitter\n,5,a\n", ["2, column zid: unit 5 has no name"]),
    ("type,zid,twitter\nA,1,\nB,1,\n", ["3, column zid: unit 1 stands there twice: first on line 2"]),
    ("unit,account\n,https://x.com/a\n", ["2, column unit: this names no unit"]),
    ("unit,account\nA,https://x.com/a\n,https://x.com/b\n", [
        "3, column unit: this names no unit (write its unit in every row: of merged cells, only the first holds it)",
    ]),
    ("type,zid,twitter\nA\x1b[31m,1,\nB\u202ea,2,\n", [
        "2, column zid: 'A\\x1b[31m' holds characters that are not for reading (write it afresh)",
        "3, column zid: 'B\\u202ea' holds characters that are not for reading (write it afresh)",
    ]),
    ("unit,account,name\nA,x.com/a,\x07Bell\n", [
        "2, column account: '\\x07Bell' holds characters that are not for reading (write it afresh)",
    ]),
    ("unit,unit_id,parent_id,account\nA,1,,\nB,2,7,\n", ["3, column parent_id: unit 2 is under unit 7, which does not exist"]),
    ("unit,parent_id,account\nParks,,\nTrees,Park,\n", [
        "3, column parent_id: unit Trees is under unit Park, which does not exist (did you mean Parks?)",
    ]),
    ("unit,unit_id,parent_id,account\nA,1,2,\nB,2,1,\nC,3,3,\nD,4,1,\n", [
        "2, column parent_id: unit 1 is under itself: 1 under 2 under 1",
        "3, column parent_id: unit 2 is under itself: 2 under 1 under 2",
        "4, column parent_id: unit 3 is under itself: 3 under 3",
    ]),
    ("unit,unit_id,parent_id,account\nA,1,,\nB,2,1,\nB,2,,\nC,2,3,\n", [
        "5, column unit: 'C' for unit 2, for which an earlier row says 'B'",
        "5, column parent_id: '3' for unit 2, for which an earlier row says '1'",
    ]),
    # accounts
    ("type,zid,twitter\nA,1,1.23E+15\nB,4.5E+5,b\nC;3,3,1e+9\n", [
        "2, column twitter: a spreadsheet has turned an id into 1.23E+15 (make the column a text column and enter the id afresh)",
        "3, column zid: a spreadsheet has turned an id into 4.5E+5 (make the column a text column and enter the id afresh)",
        "4, column twitter: a spreadsheet has turned an id into 1e+9 (make the column a text column and enter the id afresh)",
    ]),
    ("type,zid,twitter\nA,1,not a name\n", [
        "2, column twitter: 'not a name' is not an account of twitter: write its name, or https://x.com/NAME",
    ]),
    ("type,zid,slideshare\nA,1,aaa|AAA\n", ["2, column slideshare: slideshare AAA stands there twice: first on line 2, column slideshare"]),
    ("type,zid,twitter\nA,1,Exampleton|x.com/exampleton\n", [
        "2, column twitter: twitter exampleton stands there twice: first on line 2, column twitter",
    ]),
    ("unit,platform,account\nA,twiter,a|b\n", ["2, column platform: there is no platform called 'twiter' (did you mean twitter?)"]),
    ("sep=;\ntype;zid;twitter\nA;1;\nB;2;1,5E+12\n", [
        "4, column twitter: a spreadsheet has turned an id into 1,5E+12 (make the column a text column and enter the id afresh)",
    ]),
    ("unit,platform,account\nA,slideshare,aaa|bbb|AAA\n", [
        "2, column account: slideshare AAA stands there twice: first on line 2, column account",
    ]),
    ("unit,platform,account,priority\nA,slideshare,aaa,0\nA,slideshare,bbb,999999999999\n", [
        "2, column priority: '0' is not a whole number from 1 on (1 is the most important)",
        "3, column priority: '999999999999' is not a whole number from 1 on (1 is the most important)",
    ]),
    ("unit,platform,account\nA,twitter,\n", ["2, column account: twitter is named, and no account"]),
    ("unit,account,from,to\nA,x.com/a,1/3/2024,2024-02-30\n", [
        "2, column from: '1/3/2024' is not a date (write it like 2026-11-30)",
        "2, column to: '2024-02-30' is not a date (write it like 2026-11-30)",
    ]),
    ("unit,account,from,to\nA,x.com/a,2024-02-01,2024-01-01\n", [
        "2, column to: 2024-01-01 is before 2024-02-01, when it began",
    ]),
    ("unit,account,Priority,relation,visibility,collect\nA,x.com/a,high,pear,hidden,maybe\n", [
        "2, column Priority: 'high' is not a whole number from 1 on (1 is the most important)",
        "2, column relation: 'pear' is none of own, peer (did you mean peer?)",
        "2, column visibility: 'hidden' is none of public, internal",
        "2, column collect: 'maybe' is none of yes, true, no, false",
    ]),
    ("unit,account,from,to\nA,x.com/a,,2025-01-20\nA,x.com/a,2025-01-20,\n", [
        ("3, column account: twitter a stands there twice: first on line 2, column account "
        "(both hold on 2025-01-20: the days of `from` and `to` are included)"),
    ]),
    ("unit,account,from,to\nA,x.com/a,2024-01-01,2025-01-20\nA,x.com/a,2025-01-01,\nA,x.com/a,2025-06-01,\n", [
        "3, column account: twitter a stands there twice: first on line 2, column account (both hold from 2025-01-01 to 2025-01-20)",
        "4, column account: twitter a stands there twice: first on line 3, column account (both hold from 2025-06-01)",
    ]),
    # servers' errors
    ('{"error": {"code": "API_KEY_INVALID", "message": "Get a key at https://example.gov"}}', [
        ("1: this is a server's error, and no roster: API_KEY_INVALID: Get a key at https://example.gov "
        "(ask the server again, and save what it gives then)"),
    ]),
    ('{"errors": [{"status": 404, "title": "Not found"}]}', [
        "1: this is a server's error, and no roster: 404: Not found (ask the server again, and save what it gives then)",
    ]),
    ('{"error": {"message": "The API_KEY Secret123 is not valid."}}', [
        ("1: this is a server's error, and no roster: The API_KEY [...] is not valid. "
        "(ask the server again, and save what it gives then)"),
    ]),
    # organisation charts
    ('{"zid": "1",\n "type": }', ["2, column 10: this is not JSON: Expecting value"]),
    ('{"hello": 1}', [
        ('1: this is not an organisation chart (a unit is {"type": "...", "zid": "1", "accounts": [{"twitter": "..."}], '
        '"children": [...]})'),
    ]),
    ('{"zid": "1", "type": "A",\n "zid": "2"}', ["2, column zid: 'zid' stands twice in one object"]),
    ('{"type": "A", "zid": "1",\n"acounts": []}', ["2, column acounts: this is not read (did you mean accounts?)"]),
    ('{"type": "A", "zid": "1", "accounts": [{\n"twiter": "a",\n"twitter": ["a"],\n"slideshare": "b c\td"}]}', [
        "4, column 19: this is not JSON: Invalid control character at",
    ]),
    ('{"type": "A", "zid": "1", "accounts": [{\n"twiter": "a",\n"twitter": ["a"]}]}', [
        "2, column twiter: there is no platform called 'twiter' (did you mean twitter?)",
        "3, column twitter: a handle is a text; several are separated by |",
    ]),
    ('[{"type": "A", "zid": "1"}, {"type": "B", "zid": ""}]', ["1, column zid: the unit 'B' has no id"]),
    ('{"type": "A", "zid": 1.2e+15}', [
        "1, column zid: a spreadsheet has turned an id into 1.2e+15 (make the column a text column and enter the id afresh)",
    ]),
    ("[" * 100_000, [": this is nested too deeply for a roster"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), FAULTS)
def test_a_fault_is_told_with_its_line_and_column(content: str | bytes, expected: list[str]) -> None:
    assert faults(content) == expected


JUNK = [*"\"'[]{},:;|\n\t#é-+09E", "1" * 5000, "[" * 2000, "null", "1e9", "nuLL", "spacer-1"]


def spoilt(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(JUNK) * dice.randint(0, 1) + text[at + dice.randint(0, 8) :]
    return text


@pytest.mark.parametrize("content", [WIDE, TIDY, CHART], ids=["wide", "tidy", "chart"])
def test_whatever_is_done_to_a_roster_ends_in_faults_and_never_in_a_crash(content: str) -> None:
    dice = random.Random(20261130)
    with_faults = sum(bool(faults(spoilt(content, dice))) for _ in range(300))
    assert with_faults > 100


def test_an_account_of_two_units_is_a_thing_to_look_at_and_no_fault() -> None:
    parsed = parse(b"type,zid,twitter\nA,1,Exampleton\nB,2,EXAMPLETON\n", "roster")
    assert parsed.faults == ()
    assert list(map(str, parsed.warnings)) == [
        "roster, line 3, column twitter: twitter EXAMPLETON stands there twice: first on line 2, column twitter, for A"
    ]


def test_a_row_whose_unit_is_named_is_not_told_of_merged_cells() -> None:
    assert faults("unit,account\nA,https://x.com/a\nA,https://x.com/b\n") == []


PLACEHOLDERS = ["none", "None", "TBD", "unknown", "NA", "see-website", "TRUE", "N_A", "@none"]
HANDLES = ["nasa", "nonesuch", "see_you", "truecolors", "none1", "na_tional"]


@pytest.mark.parametrize(
    ("handle", "is_doubted"), [*((each, True) for each in PLACEHOLDERS), *((each, False) for each in HANDLES)]
)
def test_a_word_that_stands_for_no_account_is_a_thing_to_look_at(handle: str, is_doubted: bool) -> None:
    parsed = parse(f"type,zid,instagram\nA,1,{handle.replace('-', '_')}\n".encode(), "roster")
    assert (parsed.faults, len(parsed.roster.entries)) == ((), 1)
    assert [("is this an account?" in fault.what, fault.line, fault.column) for fault in parsed.warnings] == (
        [(True, 2, "instagram")] if is_doubted else []
    )


NAMES = "type,zid,twitter\nPräfektur,1,\nÉcole de Genève,2,\nMünchen,3,\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without", "with a byte order mark"])
def test_a_byte_of_another_encoding_in_a_text_of_utf_8_is_told_with_its_line(mark: bytes) -> None:
    content = mark + NAMES.encode().replace("München".encode(), "München".encode("cp1252"))
    assert faults(content) == [
        (
            "4: the byte FC is of another encoding than the rest of the file, which is UTF-8 "
            "(write that letter afresh, and save it as CSV UTF-8)"
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_text_of_one_encoding_keeps_its_letters(encoding: str) -> None:
    parsed = parse(NAMES.encode(encoding), "roster")
    assert [unit.name for unit in parsed.roster.units] == ["Präfektur", "École de Genève", "München"]


@pytest.mark.parametrize(
    "content", ["type,zid,twitter\n", "unit,account\nA,\n", "[]", '{"meta": {"page": 0}, "data": []}']
)
def test_a_roster_that_names_nobody_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "roster").write_text(content)
    assert [fault.what for fault in examine(tmp_path / "roster").faults] == ["this names no account"]
    with pytest.raises(Mistake, match=r"this names no account \(put one in\)"):
        read_roster(tmp_path / "roster")


def test_a_roster_that_names_somebody_is_one(tmp_path: Path) -> None:
    (tmp_path / "roster").write_text("unit,account\nA,\nB,x.com/b\n")
    assert len(read_roster(tmp_path / "roster").entries) == 1


def test_an_account_may_pass_from_one_unit_to_another() -> None:
    text = "unit,account,from,to\nA,x.com/a,,2024-06-30\nB,x.com/a,2024-07-01,\nA,x.com/a,2026-01-01,\n"
    parsed = parse(text.encode(), "roster")
    assert (parsed.faults, len(parsed.warnings)) == ((), 1)
    assert parsed.warnings[0].line == 4


def test_handles_come_from_the_roster_and_the_tree_from_the_chart(tmp_path: Path) -> None:
    (tmp_path / "handles.csv").write_text(WIDE)
    (tmp_path / "chart.json").write_text(CHART)
    found = examine(tmp_path / "handles.csv", tmp_path / "chart.json")
    assert list(found.roster.units) == [
        Unit("1", "City of Exampleton", abbreviation="CITY"),
        Unit("2", "Mayor", parent="1", holder="Ann Example"),
        Unit("spacer-1", "", active=False),
        Unit("3", "Parks"),
        Unit("4", "Archive", parent="2", active=False),
    ]
    assert [entry.handle for entry in found.roster.entries] == [handle for _, _, handle in handles(WIDE)]
    assert found.faults == ()
    assert [str(warning).removeprefix(f"{tmp_path}/") for warning in found.warnings] == [
        "chart.json: unit 3, 'Parks', has no place in the chart",
        "chart.json, line 8, column twitter: unit 2 has twitter MayorsDog here, and not in the roster: it is not counted",
        "chart.json, line 9, column slideshare: unit 2 has slideshare mayor here, and not in the roster: it is not counted",
    ]


def test_a_chart_of_other_names_is_joined_by_unit_id(tmp_path: Path) -> None:
    (tmp_path / "handles.csv").write_text("type,zid,twitter\nThe Mayor,2,\n")
    (tmp_path / "chart.json").write_text('{"type": "Mayor", "zid": "2", "name": "Ann"}')
    found = examine(tmp_path / "handles.csv", tmp_path / "chart.json")
    assert found.roster.units == (Unit("2", "The Mayor", holder="Ann"),)
    assert "is 'Mayor' here, and 'The Mayor' in the roster" in str(found.warnings[0])


def test_every_fault_of_both_files_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "handles.csv").write_text("type,zid,twitter\nMayor,,a\nParks,3,not a name\n")
    (tmp_path / "chart.json").write_text("{")
    with pytest.raises(Mistake) as caught:
        read_roster(tmp_path / "handles.csv", tmp_path / "chart.json")
    assert [(Path(fault.file).name, fault.line) for fault in caught.value.faults] == [
        ("handles.csv", 2),
        ("handles.csv", 3),
        ("chart.json", 1),
    ]


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"none\.csv: the roster cannot be read: No such file or directory"):
        read_roster(tmp_path / "none.csv")
