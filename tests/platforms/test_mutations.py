"""Whatever happens to a reply, no wrong number comes of it: a right reading, or a miss with a reason of the closed list.

The true counts are known by construction (`good_replies`); `mutations` makes one change to a reply, of any kind, in
half of the cases to a reply about accounts whose ids are pinned. 500 changes for each source here, 10,000 in the long
version, and there also every page and answer cut short after each of its bytes. A failure names the seed, the number of
the case and what was changed; `case(source, number)` makes it again.

What is excluded, because no reader of the reply could notice it:

- a count's digits turned into another sound count, with all around it intact and no second copy to gainsay it: a digit
  flipped into a digit, digits inserted, deleted or exchanged, a last nought of a JSON number flipped into a blank, `M`
  turned into `K`. So what is deleted or moved neither holds nor touches a count, and what is put in the place of one is
  no sound count there (for YouTube's API, which sends counts as strings, `12` and not `"12"`). Cuts are not excluded;
- another sound number that comes to stand under a count's key, which itself was lost: what is moved or copied holds
  neither a number nor a piece of such a key;
- a wrong but sound id, or handle, in a reply about an account that is not pinned, or not asked for by it: the count is
  still the account's own, and right.

In batches two other accounts are asked for with the watched one. Where only what concerns the watched one was changed
they must keep their readings; JSON that is broken, or nested beyond what Python reads, is everybody's trouble, except
within a part of a Graph batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from msgspec import Struct

from headcount.model import HEADLINE, REASONS, Miss, Reading
from headcount.platforms.kit.contract import Source
from tests.platforms import naive
from tests.platforms.good.reply import Good
from tests.platforms.good_replies import replies
from tests.platforms.mutations import mutant
from tests.platforms.mutators.mutant import Mutant
from tests.platforms.mutators.rough import truncated
from tests.platforms.replaying import Replayed, rehearse, reply, way

SEED = 20_261_120
SHORT, LONG = 500, 10_000
MOST_REQUESTS = 4
"""As many requests of a case are answered, each with the same mutated reply; a further one is not answered."""
GOOD = replies()
SOURCES = sorted({good.source for good in GOOD})


class Case(Struct, frozen=True):
    number: int
    good: Good
    mutant: Mutant

    def __str__(self) -> str:
        pinned = "pinned" if self.good.pinned else "not pinned"
        return f"seed {SEED}, {self.good.source}, case {self.number} ({pinned}), {self.mutant.how}"


def case(source: str, number: int) -> Case:
    """The same case for the same number, whatever else is run."""
    goods = [good for good in GOOD if good.source == source]
    good = goods[number % len(goods)]
    return Case(number, good, mutant(Random(f"{SEED} {source} {number}"), good))


def ask(good: Good, changed: Mutant, source: Source | None = None) -> Replayed:
    slug, name = good.source.split()
    asked = source or way(slug, name, good.watched.ids)
    return rehearse(asked, good.asked, *[reply(changed.body, changed.status)] * MOST_REQUESTS, options=good.options)


def told(what: Case) -> Replayed:
    """What comes of a case; whatever is raised is told with it."""
    try:
        return ask(what.good, what.mutant)
    except BaseException as error:
        error.add_note(str(what))
        raise


def faults(good: Good, changed: Mutant, replayed: Replayed) -> Iterator[str]:
    """Everything that is wrong with what came out."""
    for said in replayed.said:
        if isinstance(said, Miss):
            yield from [] if said.reason in REASONS else [f"{said.reason} is no reason"]
        else:
            yield from _wrong(good, changed, said)
    for account in good.asked:
        concluded = [said for said in replayed.said if said.account == account and _concludes(said)]
        if not concluded:
            yield f"nothing was said of {account.handle}"
        if changed.confined and account != good.watched and not any(isinstance(said, Reading) for said in concluded):
            yield f"it cost {account.handle}: {concluded}"


def _wrong(good: Good, changed: Mutant, said: Reading) -> Iterator[str]:
    if said.count not in good.truth[said.account.handle].get(said.metric, ()):
        yield f"wrong number of {said.metric} of {said.account.handle}: {said.count}"
    if any(said.ids.get(scheme, pinned) != pinned for scheme, pinned in said.account.ids.items()):
        yield f"read under another id: {said.ids}"
    if changed.unreadable and said.account == good.watched:
        yield f"read what is not there: {said.metric} {said.count}"


def _concludes(said: Reading | Miss) -> bool:
    return isinstance(said, Miss) or said.metric == HEADLINE


def run(source: str, cases: int) -> tuple[list[str], Counter[str]]:
    """All that is wrong, and how often a count was read, or missed for which reason."""
    found: list[str] = []
    outcomes: Counter[str] = Counter()
    for number in range(cases):
        each = case(source, number)
        replayed = told(each)
        found += [f"{each}: {fault}" for fault in faults(each.good, each.mutant, replayed)]
        outcomes.update("read" if isinstance(said, Reading) else said.reason for said in replayed.said)
    return found, outcomes


@pytest.mark.parametrize("number", range(len(GOOD)), ids=lambda number: f"{GOOD[number].source} {number}")
def test_a_good_reply_is_read_whole(number: int) -> None:
    good = GOOD[number]
    replayed = ask(good, Mutant("untouched", good.body.encode()))
    read = {(said.account.handle, said.metric) for said in replayed.said if isinstance(said, Reading)}
    assert read == {(handle, metric) for handle, metrics in good.truth.items() for metric in metrics}
    assert list(faults(good, Mutant("untouched", b"", confined=True), replayed)) == []


@pytest.mark.parametrize("source", SOURCES)
def test_no_mutated_reply_yields_a_wrong_number(source: str) -> None:
    found, outcomes = run(source, SHORT)
    assert found == []
    assert outcomes["read"] > SHORT / 10, outcomes
    assert outcomes["shape_changed"] > SHORT / 10, outcomes


@pytest.mark.parametrize("source", SOURCES)
def test_no_reply_of_another_source_is_taken_for_an_answer(source: str) -> None:
    """Whoever has the same handle there."""
    for number, good in enumerate(good for good in GOOD if good.source == source):
        for other in (other for other in GOOD if other.source != source):
            foreign = Mutant(f"the reply of {other.source}", other.body.encode(), unreadable=True)
            assert list(faults(good, foreign, told(Case(number, good, foreign)))) == []


@pytest.mark.long
@pytest.mark.parametrize("source", SOURCES)
def test_no_reply_of_ten_thousand_yields_a_wrong_number(source: str) -> None:
    found, _ = run(source, LONG)
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("source", SOURCES)
def test_no_reply_cut_short_after_any_byte_yields_a_wrong_number(source: str) -> None:
    for good in GOOD:
        if good.source == source:
            body = good.body.encode()
            for end in range(len(body)):
                cut = Mutant(f"cut short after {end} bytes", body[:end])
                assert list(faults(good, cut, told(Case(end, good, cut)))) == []


# --------------------------------------------------------------------------------------------- that the test would tell


def wrong_numbers(good: Good, said: list[Reading | Miss]) -> int:
    """Numbers that are not the account's, however finely they are said to be known."""
    return sum(
        each.count.value not in {count.value for count in good.truth[each.account.handle].get(each.metric, ())}
        for each in said
        if isinstance(each, Reading)
    )


@pytest.mark.parametrize("source", SOURCES)
def test_a_naive_reader_is_caught(source: str) -> None:
    """It reads good replies rightly, but for those with somebody else's count in front; changed ones mislead it often."""
    keys = dict.fromkeys(key for good in GOOD if good.source == source for key in good.keys)
    reader, wrong = naive.reader(source, tuple(keys)), 0
    for number in range(SHORT):
        each = case(source, number)
        if wrong_numbers(each.good, ask(each.good, Mutant("", each.good.body.encode()), reader).said) == 0:
            wrong += wrong_numbers(each.good, ask(each.good, each.mutant, reader).said)
    assert wrong >= SHORT / 25


def test_a_case_is_made_again_from_its_number() -> None:
    assert [case(source, 7) for source in SOURCES] == [case(source, 7) for source in SOURCES]
    assert len({case("twitter api", number).mutant.how for number in range(50)}) > 40


def test_half_of_the_accounts_are_pinned() -> None:
    assert sum(good.pinned for good in GOOD) * 2 == len(GOOD)


def test_what_is_raised_is_told_with_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Case(3, GOOD[0], Mutant("broken", b""))
    monkeypatch.setattr("tests.platforms.test_mutations.ask", lambda good, changed: 1 // 0)
    with pytest.raises(ZeroDivisionError) as caught:
        told(broken)
    assert caught.value.__notes__ == [f"seed {SEED}, {GOOD[0].source}, case 3 (not pinned), broken"]


def test_a_cut_reply_is_shorter() -> None:
    assert all(len(truncated(Random(number), GOOD[0]).body) < len(GOOD[0].body) for number in range(20))
