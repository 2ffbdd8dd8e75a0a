"""Kinds of break that can be made with the demo server, and what is to be told of each."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from headcount.demo.faults import Faults
from headcount.news.story import Kind
from tests.system.outpost import HANDLES, Outpost
from tests.watch.receiving import listening, port_of

Breaking = Callable[[Outpost], None]

ENERGY = ("twitter", "energy")


class Case(Struct, frozen=True):
    """A kind of break, and what is to be told of it."""

    name: str
    happens: Breaking
    kind: Kind
    about: str
    runs: int
    """That may meet it until it is told."""
    lasts: bool = True
    """There is an all-clear once it is over."""
    number: bool = False
    """It is a wrong number, which nobody may see."""
    shut: int = 0
    """Hours after which it may be asked again: the platform said so, and nothing is asked before."""


def faulty(place: str, **faults: object) -> Breaking:
    """A platform, or one of its hosts, misbehaves."""

    def happens(there: Outpost) -> None:
        there.state.faults = {place: Faults(**faults)}  # type: ignore[arg-type] # each case says what it takes

    return happens


def fated(fate: str) -> Breaking:
    """Something becomes of an account."""

    def happens(there: Outpost) -> None:
        there.state.fates = {"twitter": {"energy": fate}}  # type: ignore[dict-item] # each case names a fate

    return happens


def hosted(url: str) -> Breaking:
    """The API of X is not where it was."""

    def happens(there: Outpost) -> None:
        there.state.hosts = {"twitter": url}

    return happens


def counted(change: Callable[[int], int], *whose: tuple[str, str]) -> Breaking:
    """Accounts show another number than they have."""

    def happens(there: Outpost) -> None:
        there.simulation.changes = dict.fromkeys(whose or (ENERGY,), change)

    return happens


def anothers(there: Outpost) -> None:
    """The number of somebody who has many more, or many fewer."""
    own = there.true(*ENERGY)
    number = next(n for each in HANDLES["twitter"] if not own / 3 < (n := there.true("twitter", each)) < 3 * own)
    there.simulation.changes = {ENERGY: lambda _: number}


def purged(there: Outpost) -> None:
    """X removes followers of everybody, of each another share."""
    for place, handle in enumerate(HANDLES["twitter"]):
        there.simulation.changes["twitter", handle] = lambda true, place=place: round(true * (0.96 - 0.01 * place))  # type: ignore[misc] # bound as it is made


def without_network(there: Outpost) -> None:
    with listening() as spare:
        port = port_of(spare)
    there.state.hosts = dict.fromkeys(HANDLES, f"http://127.0.0.1:{port}")


def gone(there: Outpost) -> None:
    there.state.gone = ("energy",)


def expiring(there: Outpost) -> None:
    there.state.expires = "2026-12-01"


def unwritable(there: Outpost) -> None:
    there.folder.joinpath("public").rename(there.folder / "aside")
    there.folder.joinpath("public").write_text("in the way")


def falling_back(there: Outpost) -> None:
    there.state.sources = '["api", "page"]'
    faulty("twitter/api", refusal="unauthorized")(there)


def misspelt(there: Outpost) -> None:
    there.state.roster = "unit,unit_id,platform,account\nUnit,1,twitterr,energy\n"


def narrowed(there: Outpost) -> None:
    there.state.only = ("youtube",)


def put_back(there: Outpost) -> None:
    there.clock.move(-3 * 3600)


def deafened(there: Outpost) -> None:
    there.mailbox.refusing = True
    gone(there)


ALL = tuple(("twitter", handle) for handle in HANDLES["twitter"])

CASES = (
    Case("token revoked", faulty("twitter", refusal="unauthorized"), "platform", "twitter", 1),
    Case("zero", counted(lambda _: 0), "held", "twitter/energy", 1, number=True),
    Case("target cannot be written", unwritable, "target", "web", 2, lasts=False),
    Case("first channel dead", deafened, "account", "twitter/energy", 1, lasts=False),
    Case("permission lost", faulty("twitter", refusal="not_enrolled"), "platform", "twitter", 1),
    Case("payment required", faulty("twitter", refusal="no_credits"), "platform", "twitter", 1),
    Case("monthly cap", faulty("twitter", refusal="monthly_cap"), "platform", "twitter", 2),
    Case("quota exhausted", faulty("youtube", refusal="quota"), "platform", "youtube", 2, shut=24),
    Case("key not valid", faulty("youtube", refusal="wrong_key"), "platform", "youtube", 1),
    Case("rate limited", faulty("twitter", refusal="too_many"), "platform", "twitter", 2),
    Case("API gone", faulty("twitter", status=410), "platform", "twitter", 2),
    Case("API not found", faulty("twitter", status=404), "platform", "twitter", 2),
    Case("replies have another shape", faulty("twitter", status=200), "platform", "twitter", 2),
    Case("platform down", faulty("twitter", status=503), "platform", "twitter", 2),
    Case("replies break off", faulty("twitter", cut=20), "platform", "twitter", 2),
    Case("DNS dead", hosted("http://api.invalid"), "platform", "twitter", 2),
    Case("TLS broken", hosted("https://127.0.0.1:{port}"), "platform", "twitter", 2),
    Case("network down", without_network, "network", "", 2),
    Case("account gone", gone, "account", "twitter/energy", 1),
    Case("account suspended", fated("suspended"), "account", "twitter/energy", 1),
    Case("account renamed", fated("renamed"), "renamed", "twitter/energy", 1, lasts=False),
    Case("one account's item has another shape", fated("spoilt"), "platform", "twitter", 2),
    Case("digits cut off", counted(lambda true: true // 100), "held", "twitter/energy", 1, number=True),
    Case("digits added", counted(lambda true: 10 * true + 7), "held", "twitter/energy", 1, number=True),
    Case("ten times as many", counted(lambda true: 10 * true), "held", "twitter/energy", 1, number=True),
    Case("a status code", counted(lambda _: 429), "held", "twitter/energy", 1, number=True),
    Case("another account's number", anothers, "held", "twitter/energy", 1, number=True),
    Case("all counts cut", counted(lambda true: true // 100, *ALL), "together", "twitter", 1, number=True),
    Case("an account falls by 5 %", counted(lambda true: round(true * 0.95)), "held", "twitter/energy", 1, lasts=False),
    Case("purge", purged, "purge", "twitter", 1, lasts=False),
    Case("token about to expire", expiring, "credential", "twitter.bearer_token", 1),
    Case("fallback in use", falling_back, "source", "twitter.api", 2),
    Case("roster misspelt", misspelt, "configuration", "roster.csv", 1),
    Case("accounts left unasked", narrowed, "stale", "twitter", 3),
    Case("clock put back", put_back, "clock", "", 1, lasts=False),
)
