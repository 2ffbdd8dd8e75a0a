"""What `init` writes loads, says what it was given, and asks where it does not know."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from headcount.model import Entry, Roster, Unit
from headcount.roster.configuration import Column, Installation, new_config, new_roster
from headcount.roster.read import parse
from headcount.roster.takeover import old_columns
from headcount.settings import Settings, load

ROSTER = Roster(
    (
        Unit("1", "City of Exampleton", abbreviation="COE"),
        Unit("2", "Mayor of Exampleton"),
        Unit("3", "Mayor's Office of Parks"),
        Unit("4", "Port"),
    ),
    (
        Entry("1", "twitter", "Exampleton"),
        Entry("1", "facebook", "exampleton.gov"),
        Entry("2", "twitter", "Mayor_Example"),
        Entry("3", "slideshare", "parks"),
        Entry("4", "twitter", "PortOne"),
        Entry("4", "twitter", "PortTwo"),
    ),
)


def written(folder: Path, new: Installation) -> Settings:
    file = folder / "headcount.toml"
    file.write_text(new_config(new), encoding="utf-8")
    return load(file, {})


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("COEtwitter", Column("COEtwitter", "twitter/exampleton")),
        ("coe_Twitter", Column("coe_Twitter", "twitter/exampleton")),
        ("COEfacebook", Column("COEfacebook", "facebook/exampleton.gov#likes")),
        ("MAYtwitter", Column("MAYtwitter", "twitter/mayor_example")),
        ("MAYslideshare", Column("MAYslideshare", "slideshare/parks")),
        (
            "COEyoutube",
            Column("COEyoutube", question="Which account is COEyoutube? The roster has no youtube account for City of Exampleton."),
        ),
        (
            "MAYyoutube",
            Column("MAYyoutube", question="Which account is MAYyoutube? The roster has no youtube account for Mayor of Exampleton or Mayor's Office of Parks."),
        ),
        (
            "PORtwitter",
            Column("PORtwitter", question="Which account is PORtwitter? The roster has several twitter accounts for Port."),
        ),
        ("QQQtwitter", Column("QQQtwitter", question="Which account is QQQtwitter? The roster has no twitter account for 'QQQ'.")),
        ("twitter", Column("twitter", question="Which account is twitter? The roster has no twitter account for ''.")),
        ("total", Column("total", question="Which account is total? Its name does not end with a platform.")),
    ],
)  # fmt: skip
def test_an_old_column_is_an_account_or_a_question(header: str, column: Column) -> None:
    assert old_columns(["date", header], ROSTER) == (column,)


@pytest.mark.parametrize("time_column", ["date", "type", "Timestamp"])
def test_the_column_of_times_is_no_account(time_column: str) -> None:
    assert [column.header for column in old_columns([time_column, " COEtwitter ", ""], ROSTER)] == ["COEtwitter"]


def test_a_new_installation_loads_and_counts_everyone_daily(tmp_path: Path) -> None:
    settings = written(tmp_path, Installation("City of Exampleton", "America/New_York"))
    assert (settings.organization.name, settings.organization.timezone) == ("City of Exampleton", "America/New_York")
    assert settings.organization.roster == tmp_path / "roster.csv"
    assert [(job.name, job.every, job.accounts) for job in settings.jobs.values()] == [("daily", "1d", ("*",))]
    assert settings.tables == {}


def test_public_pages_are_read_only_if_asked_for(tmp_path: Path) -> None:
    assert written(tmp_path, Installation(sources="official")).sources == "official"


@pytest.mark.parametrize("name", ['The "Best" City', "Zürich\\Nord", "a\nb\tc", "# {no} format", "\x7f", "🏙"])
def test_a_name_is_written_so_that_it_is_read_back(tmp_path: Path, name: str) -> None:
    assert written(tmp_path, Installation(name, roster=f"{name.strip()}.csv")).organization.name == name


def test_an_existing_installation_is_taken_over(tmp_path: Path) -> None:
    columns = old_columns(["type", "COEtwitter", "COEfacebook", "COEyoutube", "MAY twitter", "date 2"], ROSTER)
    settings = written(tmp_path, Installation(roster="handles.csv", org_chart="chart.json", columns=columns))
    assert settings.organization.org_chart == tmp_path / "chart.json"
    assert settings.jobs["org_chart"].accounts == ("*",)
    assert settings.jobs["hourly"].accounts == (
        "twitter/exampleton",
        "facebook/exampleton.gov",
        "twitter/mayor_example",
    )
    table = settings.tables["social_data"]
    assert (table.job, table.time_column, table.missing) == ("hourly", "date", "previous")
    assert dict(table.columns) == {
        "COEtwitter": ("twitter/exampleton", "followers"),
        "COEfacebook": ("facebook/exampleton.gov", "likes"),
        "COEyoutube": ("", "followers"),
        "MAY twitter": ("twitter/mayor_example", "followers"),
        "date 2": ("", "followers"),
    }
    text = settings.file.read_text(encoding="utf-8")
    assert (
        '# Which account is COEyoutube? The roster has no youtube account for City of Exampleton.\n# COEyoutube = "PLATFORM/NAME"\nCOEyoutube = ""\n'
        in text
    )


def test_a_history_of_nobody_we_know_still_loads(tmp_path: Path) -> None:
    settings = written(tmp_path, Installation(columns=(Column("a", question="Who\nis [it]?"),)))
    assert list(settings.jobs) == ["org_chart"]
    assert settings.tables["social_data"].job == "org_chart"


def test_what_is_off_in_a_new_configuration_is_right_when_it_is_set(tmp_path: Path) -> None:
    """Take the # away from every setting that is off: what it says must load."""
    text = re.sub(r"^# (?=\[[a-z_.]+\]$|[A-Za-z_]+ = )", "", new_config(Installation()), flags=re.MULTILINE)
    text = text.replace('url = "sqlite:///headcount.db"\n', "")
    for name in ("certificates.pem", "secrets/x-bearer-token"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("something")
        (tmp_path / name).chmod(0o600)
    file = tmp_path / "headcount.toml"
    file.write_text(
        text.replace("[platforms.youtube]", "[platforms.twitter]\n[remark.youtube]").split("[remark.youtube]")[0]
    )
    tomllib.loads(text)
    settings = load(file, {})
    assert settings.store.startswith("postgresql+psycopg://")
    assert list(settings.tables) == ["social_data"]


def test_the_first_roster_is_one() -> None:
    parsed = parse(new_roster().encode(), "roster.csv")
    assert (parsed.faults, parsed.warnings) == ((), ())
    assert len(parsed.roster.entries) == 3
    assert [unit.parent for unit in parsed.roster.units] == [None, "1", "1"]
