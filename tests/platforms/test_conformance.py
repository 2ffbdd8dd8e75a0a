"""What holds of every platform, both ways: none without a table, no table without a platform; none without its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import Struct

from headcount.cli.replay import command as replay_command
from headcount.demo import answers as simulated
from headcount.errors import Mistake
from headcount.model import HEADLINE, Count, Miss, Reading
from headcount.platforms import platform, slugs
from headcount.platforms.kit.contract import Source
from headcount.roster.identify import Named, identify
from tests.platforms import tables
from tests.platforms.good_replies import replies
from tests.platforms.replaying import replay, reply, truths, way
from tests.platforms.table import Expected, Kind, Recorded, Row
from tests.platforms.tables import table

ALWAYS = {"shape_changed", "rate_limited", "unreachable"}
"""What every source can say."""
KINDS: tuple[Kind, ...] = ("good", "empty", "error", "changed", "stranger")
FEWEST_FORMS, FEWEST_FORMS_IN_ALL = 10, 400
FEWEST_REFUSED = 3


class Asked(Struct, frozen=True):
    """A source of a platform, all its ways together."""

    slug: str
    name: str

    @property
    def ways(self) -> tuple[Source, ...]:
        return tuple(source for source in platform(self.slug).sources if source.name == self.name)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for row in table(self.slug).rows if row.source == self.name)

    def __str__(self) -> str:
        return f"{self.slug}-{self.name}"


SLUGS = [slug for slug in tables.slugs() if slug in slugs()]
SOURCES = [
    Asked(slug, name) for slug in SLUGS for name in dict.fromkeys(source.name for source in platform(slug).sources)
]
FORMS = [(slug, text, meant) for slug in SLUGS for text, meant in table(slug).means.items()]
REFUSED = [(slug, text) for slug in SLUGS for text in table(slug).refused]
ROWS = [(asked, row) for asked in SOURCES for row in asked.rows]
RECORDED = [(slug, file, row) for slug in SLUGS for file, rows in table(slug).recorded.items() for row in rows]


def missing(found: Iterable[str], wanted: Iterable[str], where: str, whose: str) -> list[str]:
    """What has to be written, and what has lost its reason, each in a sentence."""
    there, due = set(found), set(wanted)
    return [f"{where.format(each)} is missing" for each in sorted(due - there)] + [
        f"{where.format(each)} is there, and {whose} is not" for each in sorted(there - due)
    ]


def test_every_platform_has_a_table_and_every_table_a_platform() -> None:
    assert missing(tables.slugs(), slugs(), "tests/platforms/tables/{}.py", "the platform") == []


def test_every_platform_that_is_asked_is_simulated_and_no_other() -> None:
    asked = {asked.slug for asked in SOURCES}
    assert missing(simulated.slugs(), asked, "src/headcount/demo/answers/{}.py", "a source of the platform") == []


def test_every_source_has_good_replies_to_mutate_and_no_other() -> None:
    wanted = {f"{asked.slug} {asked.name}" for asked in SOURCES}
    where = "a good reply of source={!r} in tests/platforms/good"
    assert missing({good.source for good in replies()}, wanted, where, "the source") == []


def test_no_row_is_about_a_source_that_is_not_there() -> None:
    wanted = {f"{asked.slug} {asked.name}" for asked in SOURCES}
    found = {f"{slug} {row.source}" for slug in tables.slugs() for row in table(slug).rows}
    assert missing(found, wanted, "a row of {!r} in tests/platforms/tables", "the source") == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_platform_can_be_written_about(slug: str) -> None:
    described = platform(slug)
    assert described.slug == slug
    assert described.handles.forms, "no example of a handle"
    if described.sources:
        assert described.terms, "nothing is said of its terms"
        assert described.handles.link, "no link to an account"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_examples_of_a_platform_s_handles_are_understood(slug: str) -> None:
    for form in platform(slug).handles.forms:
        assert identify(form, slug).platform == slug
    if link := platform(slug).handles.link:
        assert identify(link.replace("{handle}", table(slug).handle), slug).platform == slug


@pytest.mark.parametrize(("slug", "text", "meant"), FORMS, ids=[f"{slug}: {text}" for slug, text, _ in FORMS])
def test_what_people_write_is_understood(slug: str, text: str, meant: str | Mapping[str, str]) -> None:
    named = identify(text, slug)
    assert named.handle == meant if isinstance(meant, str) else dict(named.ids) == dict(meant)
    if "/" in text and "://" in text:
        assert identify(text) == Named(slug, named.handle, named.ids)


@pytest.mark.parametrize(("slug", "text"), REFUSED, ids=[f"{slug}: {text}" for slug, text in REFUSED])
def test_what_is_no_account_is_refused_with_words(slug: str, text: str) -> None:
    with pytest.raises(Mistake) as caught:
        identify(text, slug)
    assert len(str(caught.value)) > len(repr(text))


@pytest.mark.parametrize("slug", SLUGS)
def test_enough_is_known_of_how_accounts_are_written(slug: str) -> None:
    forms, refused = len(table(slug).means) + len(table(slug).refused), len(table(slug).refused)
    assert forms >= FEWEST_FORMS, f"{forms} rows in means and refused, where {FEWEST_FORMS} are the fewest"
    assert refused >= FEWEST_REFUSED, f"{refused} rows in refused, where {FEWEST_REFUSED} are the fewest"


def test_enough_is_known_of_how_accounts_are_written_everywhere() -> None:
    assert len(FORMS) + len(REFUSED) >= FEWEST_FORMS_IN_ALL


@pytest.mark.parametrize("slug", SLUGS)
def test_a_handle_that_is_understood_is_understood_again(slug: str) -> None:
    """What stands in a store, a roster or a link is written as headcount writes it, and means the same; so does a bare id."""
    for text in table(slug).means:
        named = identify(text, slug)
        again = identify(named.handle, slug)
        assert (again.handle, dict(again.ids) or dict(named.ids)) == (named.handle, dict(named.ids)), text


@pytest.mark.parametrize(("asked", "row"), ROWS, ids=[f"{asked}: {row.what}" for asked, row in ROWS])
def test_what_a_source_makes_of_replies(asked: Asked, row: Row) -> None:
    whom, options = row.handle or table(asked.slug).handle, {**table(asked.slug).options, **row.options}
    said = replay(asked.slug, row.source, whom, *row.replies, ids=row.ids, options=options)
    assert told(said) == wanted(row.expected), said
    gives = table(asked.slug).gives if row.gives is None else row.gives
    assert gives is None or all(each.ids == gives for each in said if isinstance(each, Reading))


@pytest.mark.parametrize("asked", SOURCES, ids=str)
def test_a_source_has_rows_of_every_kind(asked: Asked) -> None:
    lacking = set(KINDS) - {row.kind for row in asked.rows}
    assert not lacking, f"the table has no row of {asked} that is {' or '.join(sorted(lacking))}"
    assert all(HEADLINE in wanted(row.expected) for row in asked.rows if row.kind == "good")
    assert not any(HEADLINE in wanted(row.expected) for row in asked.rows if row.kind != "good")


@pytest.mark.parametrize("asked", SOURCES, ids=str)
def test_a_source_says_what_it_declares_and_nothing_else(asked: Asked) -> None:
    declared = {reason for source in asked.ways for reason in source.misses}
    heard = {row.expected for row in asked.rows if isinstance(row.expected, str)}
    assert not declared - heard, f"misses declares {declared - heard}, and no row of the table shows it"
    assert not heard - ALWAYS - declared, f"rows show {heard - ALWAYS - declared}, which misses does not declare"
    assert heard >= ALWAYS, f"no row shows {ALWAYS - heard}, which every source can say"


@pytest.mark.parametrize("asked", SOURCES, ids=str)
def test_every_way_of_a_source_has_a_good_row(asked: Asked) -> None:
    schemes = {source.pinned for source in asked.ways}
    good = [row for row in asked.rows if row.kind == "good"]
    shown = {way(asked.slug, asked.name, row.ids).pinned for row in good}
    assert shown == schemes, f"no good row asks by {', '.join(str(each or 'name') for each in schemes - shown)}"


@pytest.mark.parametrize("asked", SOURCES, ids=str)
def test_no_good_reply_of_another_source_is_taken_for_an_answer(asked: Asked) -> None:
    for other, row in ROWS:
        if other != asked and row.kind == "good" and other.slug != asked.slug:
            said = replay(
                asked.slug, asked.name, table(asked.slug).handle, *row.replies, options=table(asked.slug).options
            )
            assert not any(isinstance(each, Reading) for each in said), (str(other), row.what)


@pytest.mark.parametrize(("slug", "file", "row"), RECORDED, ids=[f"{slug}: {file}" for slug, file, _ in RECORDED])
def test_a_recorded_reply_is_read_as_it_was(recordings: Path, slug: str, file: str, row: Recorded) -> None:
    options = {**table(slug).options, **row.options}
    first = reply(recordings / table(slug).folder / file, row.status)
    fed = (*row.before, first, *row.then)
    said = replay(slug, row.source, row.handle, *fed, ids=row.ids, options=options)
    assert told(said) == wanted(row.expected)


@pytest.mark.parametrize(("slug", "file", "row"), RECORDED, ids=[f"{slug}: {file}" for slug, file, _ in RECORDED])
def test_the_command_says_the_same_of_a_recorded_reply(recordings: Path, slug: str, file: str, row: Recorded) -> None:
    if row.ids or row.options or row.before or row.then:
        pytest.skip("a command asks for whom nothing is known yet")
    path = recordings / table(slug).folder / file
    arguments = [slug, row.source, row.handle, str(path), "--http-status", str(row.status)]
    result = CliRunner().invoke(replay_command, arguments, catch_exceptions=False)
    outcomes = json.loads(result.stdout)["outcomes"]
    counts = {each["metric"]: each["count"] for each in outcomes if "metric" in each}
    reasons = {each["reason"] for each in outcomes if "metric" not in each}
    expected = wanted(row.expected)
    assert (counts or reasons) == (
        {metric: count.value for metric, count in expected.items()} if isinstance(expected, Mapping) else expected
    )


@pytest.mark.parametrize("slug", [slug for slug in tables.slugs() if table(slug).folder])
def test_every_recorded_file_is_in_the_table_and_agrees_with_the_index(recordings: Path, slug: str) -> None:
    known = table(slug)
    truth = truths(recordings, known.folder)
    files = {path.name for path in (recordings / known.folder).iterdir()}
    assert files == truth.keys() == known.recorded.keys() | known.unused.keys()
    assert not known.recorded.keys() & known.unused.keys()
    for file, rows in known.recorded.items():
        read = {count.value for row in rows for count in counted(row.expected)}
        assert read <= numbers(truth[file]), file
        assert read or not truth[file].isdigit(), f"{file}: {truth[file]} is not read"
        assert read >= {int(number) for number in re.findall(r"=([0-9]+)", truth[file])} or not read, file


def test_every_folder_of_recordings_has_a_table(recordings: Path) -> None:
    folders = {path.name for path in recordings.iterdir() if path.is_dir()} - {"us_digital_registry"}
    assert folders == {table(slug).folder for slug in tables.slugs()} - {""}


def told(said: list[Reading | Miss]) -> Mapping[str, Count] | set[str]:
    """Every metric that was read, or else the reasons why nothing was."""
    read = {each.metric: each.count for each in said if isinstance(each, Reading)}
    return read or {each.reason for each in said if isinstance(each, Miss)}


def wanted(expected: Expected) -> Mapping[str, Count] | set[str]:
    if isinstance(expected, Count):
        return {HEADLINE: expected}
    return {expected} if isinstance(expected, str) else expected


def counted(expected: Expected) -> Iterator[Count]:
    found = wanted(expected)
    yield from found.values() if isinstance(found, Mapping) else ()


def numbers(text: str) -> set[int]:
    """Every number that a truth speaks of: `28660812 (exact)`, `25 million (rounded)`."""
    millions = {round(float(number) * 1_000_000) for number in re.findall(r"([0-9.]+) ?m(?:illion)?\b", text)}
    return {int(number) for number in re.findall(r"[0-9]+", text)} | millions
