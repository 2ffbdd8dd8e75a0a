"""Which sources are asked, and in which order: what was named, or what has what it needs and need not be named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec import structs

from headcount.collect.plan import Office, ways
from headcount.model import Account
from headcount.platforms.kit.contract import Exchange, Options, Platform, Source
from headcount.platforms.kit.handles import Handles


def nobody(accounts: Sequence[Account], options: Options) -> Exchange:
    """Asks nothing and finds nothing."""
    yield from ()


API = Source("api", nobody, needs=("token",))
PAGE = Source("page", nobody, official=False)
ARCHIVE = Source("archive", nobody, opt_in=True)
MIRROR = Source("mirror", nobody, official=False, opt_in=True)
CHIRP = Platform("chirp", "Chirp", Handles((r"\w+",)), sources=(ARCHIVE, API, MIRROR, PAGE))
OFFICE = Office(CHIRP, {}, {}, {"token": "t"})


def asked(office: Office) -> list[str]:
    return [entries[0].name for entries in ways(office)]


@pytest.mark.parametrize(
    ("chosen", "official_only", "expected"),
    [
        (None, False, ["api", "page"]),
        (None, True, ["api"]),
        ((), False, []),
        (("archive",), False, ["archive"]),
        (("page", "mirror", "api"), False, ["page", "mirror", "api"]),
        (("page", "mirror", "archive"), True, ["archive"]),
    ],
)
def test_a_source_that_has_to_be_named_is_asked_only_where_it_is(
    chosen: tuple[str, ...] | None, expected: list[str], *, official_only: bool
) -> None:
    assert asked(structs.replace(OFFICE, chosen=chosen, official_only=official_only)) == expected


@pytest.mark.parametrize("chosen", [None, ("api", "page")])
def test_a_source_without_what_it_needs_is_not_asked_named_or_not(chosen: tuple[str, ...] | None) -> None:
    assert asked(structs.replace(OFFICE, chosen=chosen, secrets={})) == ["page"]
