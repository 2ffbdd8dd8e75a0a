"""Where the rosters that a command speaks of come from: the configuration, a file, or the store as it was on a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.clock import INSTANT, midnight
from headcount.errors import Mistake, StoreError
from headcount.model import Roster
from headcount.roster.parsed import Parsed
from headcount.roster.read import examine, parse
from headcount.settings import Settings
from headcount.store.contract import Store
from headcount.store.nouns import Known


def looked_at(session: Session, file: Path | None) -> Parsed:
    """The configured roster or a file, with the configured organisation chart, good or not."""
    settings = opening.settings_or_defaults(session) if file else opening.settings(session)
    return _examined(file or _configured(settings), settings.organization.org_chart)


def known(session: Session) -> tuple[Known, ...]:
    """Every account that the store knows; nobody where there is no configuration, or the store cannot be asked."""
    if not session.config.exists():
        return ()
    try:
        with opening.store(opening.settings(session)) as store:
            return store.accounts()
    except StoreError as error:
        click.echo(f"headcount: handles are not compared with those that have answered before: {error}", err=True)
        return ()


def named(session: Session, text: str) -> Parsed:
    """The roster of a file, or of the end of a day such as 2026-10-01.

    Raises:
        Mistake: where there is none, or it cannot be read: all its accounts would seem to be gone.
    """
    day = _day(text)
    parsed = _examined(Path(text)) if day is None or Path(text).exists() else _on(day, session)
    if parsed.faults and not parsed.roster.entries:
        raise Mistake(parsed.faults)
    return parsed


def _on(day: date, session: Session) -> Parsed:
    settings = opening.settings(session)
    with opening.store(settings) as store:
        return _of(day, settings, store)


def _of(day: date, settings: Settings, store: Store) -> Parsed:
    """The roster as it was kept at the end of a day in the organisation's zone."""
    name = _configured(settings).name
    content = store.roster_at(name, midnight(day + timedelta(days=1), settings.organization.zone) - INSTANT)
    if content is None:
        raise Mistake(f"the store has no {name} of {day}: {_what_is_kept(name, store)}")
    return parse(content, f"{name} of {day}")


def _what_is_kept(name: str, store: Store) -> str:
    kept = store.rosters()
    first = next((each.at for each in kept if each.name == name), None)
    if first:
        return f"the first was kept on {first:%Y-%m-%d %H:%M} UTC"
    others = ", ".join(sorted({each.name for each in kept}))
    return f"it keeps {others}" if others else "each run keeps the roster, and there was none yet"


def _examined(file: Path, org_chart: Path | None = None) -> Parsed:
    try:
        return examine(file, org_chart)
    except Mistake as mistake:
        return Parsed(Roster(), mistake.faults, file=str(file))


def _configured(settings: Settings) -> Path:
    if settings.organization.roster is None:
        raise Mistake(f'{settings.file}: [organization] names no roster: write roster = "roster.csv"')
    return settings.organization.roster


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
