"""What the registry lists, as a roster: its agencies are the units. What cannot be counted is left out, and told."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from headcount.errors import Fault, Mistake
from headcount.model import Entry, Unit
from headcount.roster.draft import Draft
from headcount.roster.identify import Named, identify
from headcount.roster.keys import fold
from headcount.roster.parsed import Parsed, Place
from headcount.roster.printed import without_controls
from headcount.roster.registry.listed import REMOVED, Agency, Listed, without_emails
from headcount.roster.registry.pages import from_pages, pages_of
from headcount.roster.registry.pagination import missing_pages
from headcount.roster.registry.tables import from_table
from headcount.roster.sheet import Sheet
from headcount.roster.slugs import slug_of

_PUBLISHED = {"", "1", "published"}
"""Both registries give out published accounts only; a table without states is all published."""
_BY_ADDRESS = {"", "other"}
_OTHERWISE = {"google plus": "google", "x (formerly twitter)": "twitter"}
_NOBODY = Agency("No agency named")


def read_registry(tree: object, file: str) -> Parsed:
    """Of decoded JSON, the agencies in the order in which they first appear, and their accounts."""
    reading = _Reading(file)
    reading.complain(*missing_pages(pages_of(tree), file))
    return reading.all(from_pages(tree, file))


def read_registry_table(sheet: Sheet, file: str) -> Parsed:
    """The same of a table. A cell that is no good spoils its own account at most."""
    spoilt = [structs.replace(fault, what=without_emails(fault.what)) for fault in sheet.faults]
    reading = _Reading(file)
    reading.note(*spoilt)
    return reading.all(from_table(sheet, file))


class _Reading:
    """The registry's accounts one after the other; what is left out for one reason is told once, with the number."""

    def __init__(self, file: str) -> None:
        self._draft = Draft(file)
        self._units: set[str] = set()
        self._seen: dict[tuple[str, str, str], Place] = {}
        self._left_out: dict[str, list[Place]] = {}

    def complain(self, *faults: Fault) -> None:
        """Something without which it is no roster."""
        self._draft.complain(*faults)

    def note(self, *spoilt: Fault) -> None:
        """Cells that are no good."""
        self._draft.note(*spoilt)
        self._draft.spoilt(*spoilt)

    def all(self, accounts: Iterable[Listed]) -> Parsed:
        """All accounts: the roster, and what was left out."""
        for listed in accounts:
            self._take(listed)
        for why, places in self._left_out.items():
            self._draft.note(places[0].fault(f"left out: {len(places)} {why}"))
        return self._draft.done()

    def _take(self, listed: Listed) -> None:
        """One account."""
        if listed.state.casefold() not in _PUBLISHED:
            self._leave_out(
                listed.place, f"in the state {listed.state.replace('_', ' ')}: only published ones are counted"
            )
            return
        try:
            platform = _platform(listed.service)
        except Mistake as mistake:
            self._leave_out(listed.place, f"of the service {listed.service}: {mistake}")
            return
        try:
            named = identify(_address(listed), platform)
        except Mistake as mistake:
            self._draft.note(listed.place.fault(f"left out: {mistake}"))
            return
        for agency in listed.agencies or (_NOBODY,):
            self._account(named, agency, listed)

    def _leave_out(self, place: Place, why: str) -> None:
        self._left_out.setdefault(why, []).append(place)

    def _account(self, named: Named, agency: Agency, listed: Listed) -> None:
        unit = without_controls(agency.id or agency.name)
        who = (unit, named.platform, fold(named.platform, named.handle))
        if who in self._seen:
            what = f"{named.platform} {named.handle} stands there twice: first on {self._seen[who]}"
            self._draft.note(listed.place.fault(what))
            return
        self._seen[who] = listed.place
        if unit not in self._units:
            self._units.add(unit)
            called, short = without_controls(agency.name), without_controls(agency.abbreviation)
            self._draft.unit(Unit(unit, called, abbreviation=short), listed.place)
        name, language = without_controls(listed.name), without_controls(listed.language)
        line = Entry(unit, named.platform, named.handle, name=name, language=language)
        self._draft.named(named, listed.place, line)


def _platform(service: str) -> str | None:
    """The platform of a service; None where only the address tells.

    Raises:
        Mistake: where there is none.
    """
    plain = service.casefold().replace("_", " ").strip()
    return None if plain in _BY_ADDRESS else slug_of(_OTHERWISE.get(plain, plain))


def _address(listed: Listed) -> str:
    """The address of an account.

    Raises:
        Mistake: where there is none.
    """
    if not listed.url:
        raise Mistake(f"{listed.name or 'an account'!r} has no address")
    if listed.url.removeprefix("mailto:").startswith(REMOVED):
        raise Mistake("an e-mail address stands where the address of an account should")
    return listed.url
