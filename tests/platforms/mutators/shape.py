"""Another shape: keys and values of the JSON in a reply."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random

from tests.platforms.good.reply import Doc, Good
from tests.platforms.mutators.json_spots import Spot, gaps, spots
from tests.platforms.mutators.mutant import Mutant, rewritten


def _shuffled(rng: Random, value: object) -> object:
    if isinstance(value, dict):
        items = [(key, _shuffled(rng, inner)) for key, inner in value.items()]
        rng.shuffle(items)
        return dict(items)
    return [_shuffled(rng, inner) for inner in value] if isinstance(value, list) else value


def reordered(rng: Random, good: Good) -> Mutant:
    doc = rng.choice(good.docs)
    changed = json.dumps(_shuffled(rng, json.loads(doc.text)), ensure_ascii=rng.random() < 0.5).replace("</", "<\\/")
    return rewritten("keys in another order", good, doc, changed)


def spaced(rng: Random, good: Good) -> Mutant:
    doc = rng.choice(good.docs)
    changed = doc.text
    for gap in sorted(rng.choices(gaps(doc.text), k=12), reverse=True):
        changed = changed[:gap] + rng.choice((" ", "\n", "\t", "\r\n  ", " " * 50)) + changed[gap:]
    return rewritten("white space between tokens", good, doc, changed)


def _spot(rng: Random, good: Good, doc: Doc, *, keyed: bool = False) -> Spot:
    """A value: in half of the cases a count, or what holds one."""
    found = [each for each in spots(doc.text) if each.has_key or not keyed]
    counted = [each for each in found if any(form in doc.text[each.start : each.end] for form in good.written)]
    innermost = [each for each in counted if each.end - each.start < 40]
    return rng.choice(rng.choice((found, found, counted or found, innermost or found)))


def _named(rng: Random, good: Good) -> tuple[Doc, Spot, str]:
    """A value that has a key, in a document."""
    doc = rng.choice(good.docs)
    spot = _spot(rng, good, doc, keyed=True)
    return doc, spot, doc.text[spot.key_start : spot.key_end]


def renamed(rng: Random, good: Good) -> Mutant:
    doc, spot, key = _named(rng, good)
    _, _, another = _named(rng, good)
    name = key[1:-1]
    names = ("x", "", "error", "data", name.upper(), name.lower(), name[:-1], f"_{name}", f"{name} ")
    new = rng.choice((another, f'"{rng.choice(names)}"'))
    changed = doc.text[: spot.key_start] + new + doc.text[spot.key_end :]
    return rewritten(f"key {key} at {spot.key_start} renamed to {new}", good, doc, changed)


DEEP = ("[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"user":' * 100_000, '{"a":' * 2_000 + "1" + "}" * 2_000)
TRAPS = (
    "true", "false", "null", "[]", "{}", '""', '"12"', '" 12 "', '"12\\n"', '"1_000"', '"-5"', '"5.0"', '"1e3"', '"1,00"', '"1.234.5"',
    '"\u0661\u0662"', '"\uff11\uff12"', '"\\u0661\\u0662"', '"\\ud800"', '"\\udc00\\ud800"', '"12\\ud8000"', "12.0", "-5", "-0", "5.0",
    "5e0", "1E2", "1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1_000", "0x1F", "012", "+5", ".5", "5.", "\u0661\u0662", "1,234",
    "[12]", '{"value":12}', '[{"followers_count":12}]', "undefined", "None", "'12'", "1000000000001", "99999999999999999999", "9" * 30, "9" * 31,
)  # fmt: skip
HEAVY_TRAPS = ("9" * 5_000, "-" + "9" * 5_000, f"0.{'9' * 5_000}", f'"{"9" * 5_000}"', *DEEP)


def _sound(good: Good, text: str, trap: str) -> bool:
    """Whether this trap would be a sound count in that place: for a count in a string, a string of digits is one."""
    return text[1:-1].isdigit() and trap == '"12"' and good.source == "youtube api"


def trapped(rng: Random, good: Good) -> Mutant:
    """A value replaced by what lenient parsers take for a number, or choke on; the counts and what holds them above all."""
    doc = rng.choice(good.docs)
    spot = _spot(rng, good, doc)
    trap = rng.choice(HEAVY_TRAPS if rng.random() < 0.01 else TRAPS)
    old = doc.text[spot.start : spot.end]
    if _sound(good, old, trap):
        trap = "12"
    changed = doc.text[: spot.start] + trap + doc.text[spot.end :]
    return rewritten(f"value {old[:40]} at {spot.start} replaced by {trap[:40]}", good, doc, changed)


def doubled(rng: Random, good: Good) -> Mutant:
    """A key that stands twice in its object, with different values."""
    doc, spot, key = _named(rng, good)
    old = doc.text[spot.start : spot.end]
    other = re.sub(r"[0-9]", "9", old) if re.search(r"[0-8]", old) else rng.choice(("12", '"12"', "{}", "null", "true"))
    same = f"{key}:{other}"
    changed = rng.choice((
        f"{doc.text[: spot.key_start]}{same},{doc.text[spot.key_start :]}",
        f"{doc.text[: spot.end]},{same}{doc.text[spot.end :]}",
    ))  # fmt: skip
    return rewritten(f"{same[:60]} beside {old[:40]}", good, doc, changed)


LISTS: dict[str, Callable[[list[object]], object]] = {
    "without its first": lambda items: items[1:],
    "without its last": lambda items: items[:-1],
    "backwards": lambda items: items[::-1],
    "twice": lambda items: items * 2,
    "of lists": lambda items: [items],
    "with null": lambda items: [None, *items],
    "with an empty object": lambda items: [*items, {}],
    "as an object": lambda items: {str(place): item for place, item in enumerate(items)},
}


def relisted(rng: Random, good: Good) -> Mutant | None:
    """A list whose items are fewer, more, or in another order."""
    doc = rng.choice(good.docs)
    found = [each for each in spots(doc.text) if doc.text[each.start] == "[" and each.end - each.start > 2]
    if not found:
        return None
    spot = rng.choice(found)
    how, change = rng.choice(list(LISTS.items()))
    items = json.dumps(change(json.loads(doc.text[spot.start : spot.end])), ensure_ascii=False)
    return rewritten(f"list at {spot.start} {how}", good, doc, doc.text[: spot.start] + items + doc.text[spot.end :])
