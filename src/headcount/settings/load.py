"""headcount.toml + environment -> one frozen `Settings`; every problem is reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from headcount.clock import DAYS
from headcount.errors import Fault, Mistake
from headcount.roster.spelling import nearest
from headcount.settings.jobs import jobs, tables
from headcount.settings.outside import http, serve, store, target, watch
from headcount.settings.platforms import all_platforms
from headcount.settings.secrets import Places
from headcount.settings.shape import Backup, Organization, Settings
from headcount.settings.toml import Complaints, Section, parse

MAX_AGE = "max_age_days"
"""The only key of `[publish]` that is not a target."""


def load(file: Path, environment: Mapping[str, str]) -> Settings:
    """What the file and the environment set.

    Raises:
        Mistake: with every fault, each with its line.
    """
    return _of(file, _read(file), environment)


def defaults(file: Path, environment: Mapping[str, str]) -> Settings:
    """What holds where there is no file: the defaults, and what the environment sets.

    Raises:
        Mistake: with every fault of the environment.
    """
    return _of(file, "", environment)


def _of(file: Path, text: str, environment: Mapping[str, str]) -> Settings:
    complaints = Complaints(str(file), text)
    top = Section(complaints, (), parse(text, str(file)))
    settings = _settings(file, top, Places(file.absolute().parent, environment))
    top.close()
    if faults := complaints.sorted():
        raise Mistake(faults)
    return settings


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Mistake(
            f"there is no configuration at {file}: `headcount init` writes one, `--config` names another"
        ) from None
    except OSError as error:
        raise Mistake(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Mistake([Fault(str(file), "this is not UTF-8", line=line, hint="save it as UTF-8")]) from None


def _settings(file: Path, top: Section, places: Places) -> Settings:
    organization = _organization(top.section("organization"), places)
    state = _state(top.section("paths"), places)
    due = jobs(top.section("jobs"), organization)
    publish = top.section("publish")
    return Settings(
        file=file,
        organization=organization,
        store=store(top.section("store"), places, state),
        state=state,
        http=http(top.section("http"), places),
        sources=_sources(top.section("collect")),
        jobs=due,
        tables=tables(top.section("tables"), due),
        platforms=all_platforms(top.section("platforms"), places),
        max_age_days=publish.whole(MAX_AGE, 7, least=1),
        targets=tuple(target(publish, name, places) for name in publish if name != MAX_AGE),
        serve=serve(top.section("serve")),
        watch=watch(top.section("watch"), places),
        backup=_backup(top.section("backup")),
    )


def _organization(section: Section, places: Places) -> Organization:
    found = Organization(
        name=section.text("name"),
        timezone=_timezone(section),
        week_start=section.choice("week_start", DAYS),
        roster=_path(section, "roster", places),
        org_chart=_path(section, "org_chart", places),
        licence=section.text("licence") or section.text("license"),
    )
    section.close()
    return found


def _timezone(section: Section) -> str:
    name = section.text("timezone", "UTC")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = nearest(name, available_timezones()) or "for example America/New_York"
        section.wrong("timezone", f"is {name!r}, which is not a time zone", hint)
        return "UTC"
    return name


def _path(section: Section, key: str, places: Places) -> Path | None:
    text = section.text(key)
    return places.path(text) if text else None


def _state(section: Section, places: Places) -> Path:
    state = places.path(section.text("state", "."))
    section.close()
    return state


def _sources(section: Section) -> Literal["all", "official"]:
    found = section.choice("sources", ("all", "official"))
    section.close()
    return "official" if found == "official" else "all"


def _backup(section: Section) -> Backup:
    found = Backup(keep=section.whole("keep", Backup().keep, least=1))
    section.close()
    return found
