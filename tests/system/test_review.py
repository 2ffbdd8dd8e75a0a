"""`review`, `correct` and `metrics` as people type them: what they print, and how they exit."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from headcount.cli.parser import cli
from headcount.model import Account, Count, Fill, Outcome, Reading, Verdict
from headcount.store.open import open_store
from tests.metrics.prometheus import promtool
from tests.system.shell import Ran

LEAP = Verdict("hold", "leap", "7 after 12,345")
KEY = "twitter/energy"
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[jobs.hourly]
every = "1h"
[publish.web]
to = "public"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation that counted an account twice, and holds the second count back."""
    (tmp_path / "headcount.toml").write_text(CONFIG)
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,twitter,energy\n")
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for slot, count, verdict in ((now - timedelta(hours=1), 12_345, None), (now, 7, LEAP)):
        run = store.begin("hourly", slot, slot)
        said = Reading(Account(KEY, "energy"), "followers", Count(count))
        store.append(run.id, [Fill("hourly", slot, Outcome(said, "page", slot), verdict)])
    store.close()
    return tmp_path


def headcount(folder: Path, *words: str) -> Ran:
    """Run a command in this process, for there are many."""
    done = CliRunner().invoke(cli, ["--config", str(folder / "headcount.toml"), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def review(folder: Path, *words: str) -> Ran:
    return headcount(folder, "review", *words, "--by", "jane")


def number(folder: Path) -> str:
    (found,) = json.loads(review(folder, "--json").out)
    return str(found["reading"])


def test_review_lists_what_waits_and_status_points_to_it(folder: Path) -> None:
    ran = review(folder)
    assert ran.status == 0
    for words in (KEY, "7 followers", "12,345", "leap: 7 after 12,345", "headcount review --accept ID"):
        assert words in ran.out
    assert "1 count of 1 account awaits review: `headcount review` lists" in headcount(folder, "status").out
    (found,) = json.loads(review(folder, "--json").out)
    assert (found["account"], found["count"], found["before"], found["rule"]) == (KEY, 7, 12_345, "leap")


def test_what_is_accepted_is_published_next(folder: Path) -> None:
    assert review(folder, "--accept", number(folder), "--why", "it is true").status == 0
    assert review(folder).out == "nothing awaits review\n"
    assert headcount(folder, "publish").status == 0
    latest = json.loads((folder / "public/latest.json").read_text())
    assert [each["count"] for each in latest["counts"]] == [7]


@pytest.fixture
def fallen(folder: Path) -> Path:
    """The same, an hour and two later: the count is held again, twice, and then something else is."""
    store = open_store(f"sqlite:///{folder}/headcount.db", folder)
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for hours, count in ((1, 8), (2, 9), (3, 99_000)):
        slot = now + timedelta(hours=hours)
        run = store.begin("hourly", slot, slot)
        said = Reading(Account(KEY, "energy"), "followers", Count(count))
        store.append(run.id, [Fill("hourly", slot, Outcome(said, "page", slot), LEAP)])
    store.close()
    return folder


ACCEPTED = "the next run or `headcount publish` shows"


@pytest.mark.parametrize(
    ("words", "says", "left"),
    [
        (["--accept", "2"], f"accepted 7 of {KEY} and 2 more that agree with it: {ACCEPTED} them", 1),
        (["--accept", "5"], f"accepted 99,000 of {KEY}: {ACCEPTED} it", 3),
        (["--accept", "2, 5"], f"accepted 2 counts of {KEY} and 2 more that agree with them: {ACCEPTED} them", 0),
        (["--accept", KEY], f"accepted 4 counts of {KEY}: {ACCEPTED} them", 0),
        (["--accept", "twitter"], f"accepted 4 counts of {KEY}: {ACCEPTED} them", 0),
        (["--refuse", "2", "--why", "x"], f"refused 7 of {KEY}: kept, and never published", 3),
        (["--refuse", "twitter", "--why", "x"], f"refused 4 counts of {KEY}: kept, and never published", 0),
    ],
)
def test_it_says_what_a_decision_came_to(fallen: Path, words: list[str], says: str, left: int) -> None:
    assert review(fallen, *words).out == f"{says}\n"
    assert len(json.loads(review(fallen, "--json").out)) == left


def test_status_says_how_many_counts_await_review_and_of_how_many_accounts(fallen: Path) -> None:
    assert "4 counts of 1 account await review: " in headcount(fallen, "status").out
    assert review(fallen, "--accept", KEY).status == 0
    assert "review" not in headcount(fallen, "status").out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["review", "--accept", "2,nobody", "--refuse", "twitter", "--why", "x"], "'nobody' is no number of a reading"),
        (["review", "--accept", "2", "--refuse", KEY, "--why", "x"], "reading 2 is named twice"),
        (["review", "--refuse", "twitter"], "a refusal needs a reason: say --why TEXT"),
        (["review", "--accept", "4711"], "reading 4711 never awaited a decision"),
        (["review", "--accept", "seven"], "'seven' is no number of a reading"),
        (["review", "--accept", "1"], "reading 1 never awaited a decision"),
        (["review", "--refuse", "2"], "a refusal needs a reason: say --why TEXT"),
        (["review", "--accept", "2,2"], "reading 2 is named twice"),
        (["correct", "4711", "--count", "7", "--why", "x"], "there is no reading 4711"),
        (["correct", "1", "--why", "x"], "say either --count N"),
        (["correct", "1", "--count", "7", "--withdraw", "--why", "x"], "say either --count N"),
        (["correct", "1", "--count", "1.2K", "--why", "x"], "'1.2K' is not certainly a number of people"),
        (["correct", "1", "--count", "7"], "Missing option '--why'"),
        (["correct", "x", "--count", "7", "--why", "x"], "'x' is not a valid integer"),
    ],
)
def test_a_mistake_is_a_sentence_and_exits_with_2(folder: Path, words: list[str], complaint: str) -> None:
    ran = headcount(folder, *words)
    assert (ran.status, ran.out) == (2, "")
    assert complaint in ran.err
    assert number(folder) == "2", "nothing was decided"


def test_what_was_decided_is_not_decided_again(folder: Path) -> None:
    held = number(folder)
    assert review(folder, "--refuse", held, "--why", "a digit is missing").status == 0
    again = review(folder, "--accept", held)
    assert again.status == 2
    assert f"reading {held} of {KEY} was refused by jane on " in again.err


def test_a_reading_s_number_is_found_by_its_account_and_it_is_put_right(folder: Path) -> None:
    found = json.loads(review(folder, "--of", KEY, "--json").out)
    assert [(each["count"], each["status"]) for each in found] == [(12_345, "accepted"), (7, "held")]
    table = review(folder, "--of", KEY).out
    assert "awaiting review" in table
    first = str(found[0]["reading"])
    assert headcount(folder, "correct", first, "--count", "12,000", "--why", "misread", "--by", "jane").status == 0
    assert headcount(folder, "publish").status == 0
    assert "12345,12000,misread," in (folder / "public/corrections.csv").read_text()
    assert not [path for path in (folder / "public").rglob("*") if path.is_file() and b"jane" in path.read_bytes()]


@pytest.mark.parametrize("name", ["review", "correct", "metrics"])
def test_the_help_has_an_example(tmp_path: Path, name: str) -> None:
    assert "Example: headcount" in headcount(tmp_path, name, "--help").out


def test_metrics_are_written_to_the_screen_or_whole_to_a_file_that_others_may_read(folder: Path) -> None:
    shown = headcount(folder, "metrics")
    assert shown.status == 0
    assert promtool("check", "metrics", told=shown.out.encode()) == (0, "")
    assert f'headcount_followers{{account="{KEY}",platform="twitter",source="page",unit="1"}} 12345.0' in shown.out
    place = folder / "collected" / "headcount.prom"
    place.parent.mkdir()
    for _ in range(2):
        assert headcount(folder, "metrics", "-o", str(place)).status == 0
    assert [each.name for each in place.parent.iterdir()] == [place.name]
    assert stat.S_IMODE(place.stat().st_mode) == 0o644
    assert "headcount_readings_awaiting_review 1.0" in place.read_text()


def test_a_file_that_cannot_be_written_is_a_sentence(folder: Path) -> None:
    ran = headcount(folder, "metrics", "-o", str(folder / "roster.csv" / "headcount.prom"))
    assert ran.status == 3
    assert "headcount.prom could not be written" in ran.err
