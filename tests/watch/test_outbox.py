"""Which letter goes to which channel, and when: nothing is lost, nothing is said too often."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from headcount.news.story import Deed, Sending, Severity, Story
from headcount.news.words import MOOT
from headcount.watch.matter import Parcel
from headcount.watch.memory import Memory
from headcount.watch.outbox import due
from headcount.watch.post import Post, Quiet, Recipient
from headcount.watch.tries import deaf
from headcount.watch.waiting import in_words, waiting
from tests.watch.material import DAY, HOUR, NOON, Diary, sending, story

ALL, PAGER = Recipient("mail"), Recipient("pager", "urgent")
POST = Post(organization="Department of Tests", recipients=(ALL,), names={"youtube": "YouTube"})
BOTH = Post(organization="Department of Tests", recipients=(ALL, PAGER))
BOTH_ALL = Post(organization="Department of Tests", recipients=(ALL, Recipient("chat")))
DOWN = story(reason="unreachable")
PRESSING = story("job", "hourly", severity="urgent")

Fate = str
"""What becomes of a letter: `sent`, `failed`, or `doubt`."""


class Office:
    """A diary, and a post that carries what is due in it, hour by hour, as the channels let it."""

    def __init__(self, post: Post = POST) -> None:
        self.post, self.diary, self.now = post, Diary(), NOON
        self.carried: list[tuple[str, Parcel]] = []

    def tell(self, *told: tuple[Deed, Story]) -> None:
        self.diary.tell(told, self.now)

    def run(self, fates: Mapping[str, Fate] | None = None, rounds: int = 3) -> list[str]:
        """One run: what went out, as `channel: events`; then an hour passes."""
        out: list[str] = []
        for _ in range(rounds):
            for parcel in due(self.diary.memory, self.post, self.now):
                self._carry(parcel, (fates or {}).get(parcel.letter.channel, "sent"))
                out.append(f"{parcel.letter.channel}: {names(parcel)}")
        self.now += HOUR
        return out

    def _carry(self, parcel: Parcel, fate: Fate) -> None:
        channel = parcel.letter.channel
        states = ["claimed"] if fate == "doubt" else ["claimed", fate]
        self.carried.append((fate, parcel))
        self.diary.sendings += [
            sending(each.id, channel, state, self.now, parcel.name) for each in parcel.events for state in states
        ]

    def letters(self, channel: str) -> int:
        return sum(fate == "sent" and parcel.letter.channel == channel for fate, parcel in self.carried)


def names(parcel: Parcel) -> str:
    return " ".join(f"{each.id}.{each.deed}" for each in parcel.events)


def test_what_is_told_goes_out_once() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    assert [office.run(), office.run()] == [["mail: 1.opened"], []]


def test_a_letter_says_who_how_bad_what_since_when_what_to_do_and_which() -> None:
    office = Office()
    office.tell(("opened", story(reason="bad_credentials", accounts=("youtube/a",), detail="Token expired")))
    office.run()
    letter = office.carried[0][1].letter
    assert letter.title == "Department of Tests: warning: YouTube does not accept our credentials"
    assert letter.tone == "warning"
    for part in (
        "1 account of YouTube: a",
        "20 November 2026, 12:00 UTC",
        "What was said: Token expired",
        "What to do: Make",
    ):
        assert part in letter.text
    assert letter.text.splitlines()[-1] == "[headcount 1.opened]"


def test_an_all_clear_says_so_and_gives_no_advice() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    office.run()
    office.tell(("cleared", story(reason="unreachable", figures={"lasted": 3600})))
    office.run()
    letter = office.carried[1][1].letter
    assert letter.title == "Department of Tests: all clear: YouTube is counted again"
    assert letter.tone == "over"
    assert "It lasted 1 hour." in letter.text
    assert "What to do" not in letter.text


@pytest.mark.parametrize(
    ("severity", "at_least", "out"),
    [
        ("notice", "notice", 1), ("notice", "warning", 0), ("warning", "warning", 1), ("warning", "urgent", 0),
        ("urgent", "warning", 1), ("urgent", "urgent", 1),
    ],
)  # fmt: skip
def test_a_channel_hears_of_what_is_as_severe_as_it_takes(severity: Severity, at_least: Severity, out: int) -> None:
    office = Office(Post(organization="D", recipients=(Recipient("mail", at_least),)))
    office.tell(("opened", story(severity=severity)))
    assert len(office.run()) == out


@pytest.mark.parametrize("kind", ["moved", "rounded", "segment", "digest"])
def test_what_happens_often_is_kept_for_the_feed(kind: str) -> None:
    office = Office()
    office.tell(("noted", story(kind, "x/a")))  # type: ignore[arg-type] # kinds they are
    assert office.run() == []


@pytest.mark.parametrize("kind", ["milestone", "purge", "renamed"])
def test_what_people_want_to_hear_is_sent(kind: str) -> None:
    office = Office()
    office.tell(("noted", story(kind, "x/a")))  # type: ignore[arg-type] # kinds they are
    assert office.run() == ["mail: 1.noted"]


def test_a_definite_failure_is_tried_at_each_run_for_three_days() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    runs = [office.run({"mail": "failed"}) for _ in range(90)]
    assert sum(map(bool, runs)) == 73
    assert all(len(each) <= 1 for each in runs)


def test_a_doubtful_letter_is_sent_once_more_and_then_let_be() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    assert [office.run({"mail": "doubt"}) for _ in range(4)] == [["mail: 1.opened"], ["mail: 1.opened"], [], []]


def test_what_no_channel_took_goes_to_the_others_in_turn_in_the_same_run() -> None:
    third = Recipient("chat", "urgent")
    office = Office(Post(organization="D", recipients=(ALL, PAGER, third)))
    office.tell(("opened", DOWN))
    dead = {"mail": "failed", "pager": "failed"}
    assert office.run(dead) == ["mail: 1.opened", "pager: 1.opened", "chat: 1.opened"]
    assert office.run(dead) == ["mail: 1.opened"]
    assert office.run() == ["mail: 1.opened"]
    assert office.run() == []


@pytest.mark.parametrize("fate", ["failed", "doubt"])
def test_what_the_first_channel_does_not_take_reaches_people_once_or_twice(fate: Fate) -> None:
    office = Office(BOTH)
    office.tell(("opened", DOWN))
    runs = [office.run({"mail": fate}) for _ in range(5)]
    assert runs[0] == ["mail: 1.opened", "pager: 1.opened"]
    assert sum(state in {"sent", "doubt"} for state, _ in office.carried) == (1 if fate == "failed" else 2)


def test_whoever_stood_in_hears_of_the_end() -> None:
    office = Office(BOTH)
    office.tell(("opened", DOWN))
    office.run({"mail": "failed"})
    office.tell(("cleared", DOWN))
    assert office.run() == ["mail: 1.opened 2.cleared", "pager: 2.cleared"]


def test_a_channel_that_does_not_work_is_told_of_through_another() -> None:
    office = Office(BOTH)
    office.tell(("opened", story("channel", "mail")))
    assert office.run() == ["pager: 1.opened"]
    lonely = Office()
    lonely.tell(("opened", story("channel", "mail")))
    assert lonely.run() == []


def test_a_channel_that_does_not_work_is_tried_with_each_reminder_of_it() -> None:
    office = Office(BOTH)
    office.tell(("opened", story("channel", "mail")))
    office.run()
    office.tell(("reminded", story("channel", "mail")))
    assert office.run() == ["mail: 2.reminded"]


FAILED = [sending(1, "mail", "failed", NOON), sending(1, "mail", "failed", NOON + HOUR, "it answered 500")]
DOUBT = [sending(1, "mail", "claimed", NOON), sending(1, "mail", "claimed", NOON + HOUR)]
TAKEN = sending(2, "mail", "sent", NOON + 2 * HOUR)


@pytest.mark.parametrize(
    ("sendings", "told", "since"),
    [
        ([], {}, None),
        (FAILED[:1], {}, None),
        (FAILED, {}, NOON),
        (DOUBT, {}, NOON),
        ([*FAILED, TAKEN], {}, None),
        ([TAKEN, sending(3, "mail", "failed", NOON + 3 * HOUR)], {}, None),
        ([], {"mail": NOON - DAY}, NOON - DAY),
        ([TAKEN], {"mail": NOON}, None),
    ],
)
def test_a_channel_is_deaf_from_the_second_run_in_vain_until_it_takes_something(
    sendings: list[Sending], told: dict[str, datetime], since: datetime | None
) -> None:
    assert [each.since for each in deaf(sendings, ["mail", "chat"], told)] == ([since] if since else [])


def test_the_end_of_what_nobody_heard_of_is_not_told() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    for _ in range(80):
        office.run({"mail": "failed"})
    office.tell(("cleared", DOWN))
    assert office.run() == []


def test_what_began_and_ended_unheard_is_told_as_one() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    office.run({"mail": "failed"})
    office.tell(("cleared", DOWN))
    assert [office.run(), office.run()] == [["mail: 1.opened 2.cleared"], []]


def test_a_channel_that_is_added_later_hears_only_of_what_is_not_over() -> None:
    office = Office()
    office.tell(("opened", DOWN), ("noted", story("milestone", "x/a")))
    office.run()
    office.tell(("cleared", DOWN), ("opened", PRESSING))
    office.run()
    office.post = BOTH_ALL
    assert office.run() == ["chat: 4.opened"]
    office.tell(("cleared", PRESSING), ("opened", DOWN))
    assert office.run() == ["mail: 5.cleared", "mail: 6.opened", "chat: 5.cleared", "chat: 6.opened"]


def test_a_first_channel_hears_of_what_was_over_lately_and_not_of_what_was_over_long_ago() -> None:
    office = Office(Post(organization="D"))
    office.tell(("opened", DOWN), ("cleared", DOWN))
    for _ in range(12):
        office.run()
    office.tell(("opened", PRESSING), ("cleared", PRESSING))
    office.post = POST
    assert office.run() == ["mail: 3.opened 4.cleared"]


def test_a_channel_that_stands_in_for_the_first_time_hears_of_what_is_over() -> None:
    office = Office(Post(organization="D", recipients=(ALL, PAGER), quiet=NIGHT))
    office.now = NOON.replace(hour=5)
    office.tell(("opened", DOWN))
    assert office.run() == []
    office.tell(("cleared", DOWN))
    assert office.run({"mail": "failed"}) == []
    assert office.run({"mail": "failed"}) == ["mail: 1.opened 2.cleared", "pager: 1.opened 2.cleared"]


def test_what_ended_in_another_incident_is_told_no_more() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    office.run({"mail": "failed"})
    office.tell(("cleared", story(reason="unreachable", figures={MOOT: 1})))
    assert office.run() == []


def test_a_reminder_where_the_beginning_was_not_heard_is_told_as_the_beginning() -> None:
    office = Office(Post(organization="D", recipients=(PAGER,)))
    office.tell(("opened", DOWN))
    office.run()
    office.tell(("reminded", story(reason="unreachable", severity="urgent")))
    assert office.run() == ["pager: 2.reminded"]
    assert office.carried[0][1].letter.title.startswith("D: urgent: youtube cannot")


def test_a_reminder_says_that_it_still_lasts() -> None:
    office = Office()
    office.tell(("opened", DOWN))
    office.run()
    office.tell(("reminded", DOWN))
    office.run()
    assert office.carried[1][1].letter.title == "Department of Tests: warning: Still: YouTube cannot be reached"


NIGHT = Quiet(time(22), time(7))
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("hour", "severity", "out"),
    [(2, "warning", 1), (3, "warning", 0), (11, "warning", 0), (12, "warning", 1), (3, "urgent", 1)],
)
def test_in_quiet_hours_of_the_zone_only_what_is_urgent_is_sent(hour: int, severity: Severity, out: int) -> None:
    office = Office(Post(organization="D", recipients=(ALL,), quiet=NIGHT, zone=NEW_YORK))
    office.now = NOON.replace(hour=hour)
    office.tell(("opened", story(severity=severity)))
    assert len(office.run()) == out


@pytest.mark.parametrize(
    ("quiet", "hour", "holds"),
    [(Quiet(time(22), time(7)), 23, True), (Quiet(time(22), time(7)), 6, True), (Quiet(time(22), time(7)), 7, False),
     (Quiet(time(12), time(14)), 13, True), (Quiet(time(12), time(14)), 14, False), (Quiet(time(12), time(14)), 11, False)],
)  # fmt: skip
def test_quiet_hours_may_span_midnight(quiet: Quiet, hour: int, holds: bool) -> None:
    assert quiet.holds(NOON.replace(hour=hour)) is holds


def test_what_quiet_hours_held_back_is_sent_when_they_end_and_what_was_over_by_then_as_one() -> None:
    office = Office(Post(organization="D", recipients=(ALL,), quiet=NIGHT))
    office.now = NOON.replace(hour=23)
    office.tell(("opened", DOWN), ("opened", story("stale")))
    assert office.run() == []
    office.now += 6 * HOUR
    office.tell(("cleared", DOWN))
    assert office.run() == []
    assert sorted(office.run()) == ["mail: 1.opened 3.cleared", "mail: 2.opened"]


def test_a_channel_gets_so_many_letters_a_day_and_the_last_carries_the_rest() -> None:
    office = Office()
    office.tell(*(("opened", story("account", f"x/a{number}")) for number in range(10)), ("opened", PRESSING))
    out = office.run()
    assert (len(out), out[0], out[-1]) == (
        6,
        "mail: 11.opened",
        "mail: 5.opened 6.opened 7.opened 8.opened 9.opened 10.opened",
    )
    assert office.carried[-1][1].letter.title.endswith(", and 5 more")
    office.tell(("opened", story("account", "x/late")))
    assert [office.run() for _ in range(23)] == [[]] * 23
    assert office.run() == ["mail: 12.opened"]


def test_it_is_said_which_letters_wait_and_for_what() -> None:
    office = Office(Post(organization="D", recipients=(ALL,), quiet=NIGHT, most_a_day=1))
    office.tell(("opened", DOWN))
    office.run()
    assert lines_of(office) == []
    office.tell(("opened", story("stale")), ("opened", PRESSING))
    assert lines_of(office) == ["mail: 1 letter waits (it has had its letters of the day)"]
    office.now = NOON.replace(hour=23)
    office.tell(("opened", story("stale", "bluesky")))
    assert lines_of(office) == ["mail: 2 letters wait until 07:00 (quiet hours)"]


def lines_of(office: Office) -> list[str]:
    return [in_words(each) for each in waiting(office.diary.memory, office.post, office.now)]


def test_what_is_urgent_does_not_wait_for_tomorrow_because_so_much_else_was_told_today() -> None:
    office = Office()
    office.tell(*(("opened", story("account", f"x/a{number}")) for number in range(10)))
    assert len(office.run()) == 6
    office.tell(
        ("opened", story("account", "x/late")),
        ("opened", PRESSING),
        ("opened", story("press", "press", severity="urgent")),
    )
    assert office.run() == ["mail: 12.opened 13.opened"]
    assert office.run() == []


def test_failed_letters_are_not_counted_and_doubtful_ones_are() -> None:
    office = Office(Post(organization="D", recipients=(ALL,), most_a_day=2))
    office.tell(("opened", DOWN))
    assert [len(office.run({"mail": "failed"})) for _ in range(5)] == [1] * 5
    assert [len(office.run({"mail": "doubt"})) for _ in range(5)] == [1, 1, 0, 0, 0]
    office.tell(("opened", story("account", "x/late")))
    assert office.run() == []


def test_no_day_has_more_letters_than_it_may_whatever_happens() -> None:
    office = Office()
    for hour in range(24 * 5):
        office.tell(("opened", story("account", f"x/a{hour}")))
        office.run()
    at = [each.at for each in office.diary.sendings if each.state == "sent"]
    letters = sorted({(each.at, each.detail) for each in office.diary.sendings if each.state == "claimed"})
    assert max(sum(first <= other < first + DAY for other, _ in letters) for first, _ in letters) == 6
    assert len(at) >= 24 * 4


Due = Callable[[Memory, Post, datetime], Sequence[Parcel]]


def without_claims(memory: Memory, post: Post, at: datetime) -> Sequence[Parcel]:
    """An outbox that does not look at what was claimed."""
    return due(Memory(memory.open, memory.lately), post, at)


def times_sent(outbox: Due) -> int:
    office = Office()
    office.tell(("opened", DOWN))
    sent = 0
    for _ in range(4):
        memory = office.diary.memory
        for parcel in outbox(memory, office.post, office.now):
            office._carry(parcel, "doubt")
            sent += 1
        office.now += timedelta(hours=1)
    return sent


def test_an_outbox_without_claims_is_caught() -> None:
    assert times_sent(due) == 2
    assert times_sent(without_claims) > 2
