"""headcount.toml + environment -> one frozen `Settings`; every problem is reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from headcount.errors import Fault, Mistake
from headcount.settings.complaints import Complaints
from headcount.settings.evidence import evidence
from headcount.settings.http import http
from headcount.settings.jobs import jobs
from headcount.settings.organization import organization
from headcount.settings.places import Places
from headcount.settings.platforms import all_platforms, expiries
from headcount.settings.publish import keep_apart, target
from headcount.settings.section import Section
from headcount.settings.serve import serve
from headcount.settings.shape import Backup, Organization, Settings
from headcount.settings.store import store
from headcount.settings.tables import tables
from headcount.settings.toml import parse
from headcount.settings.watch import watch

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
    whose = organization(top.section("organization"), places)
    state = _state(top.section("paths"), places)
    due = jobs(top.section("jobs"), whose)
    publish = top.section("publish")
    targets = tuple(target(publish, name, places) for name in publish if name != MAX_AGE)
    keep_apart(publish, targets, _own(file, whose, state))
    return Settings(
        file=file,
        organization=whose,
        store=store(top.section("store"), places, state),
        state=state,
        http=http(top.section("http"), places),
        sources=_sources(top.section("collect")),
        jobs=due,
        tables=tables(top.section("tables"), due),
        platforms=all_platforms(top.section("platforms"), places),
        max_age_days=publish.whole(MAX_AGE, 7, least=1),
        targets=targets,
        serve=serve(top.section("serve")),
        watch=watch(top.section("watch"), places),
        backup=_backup(top.section("backup")),
        evidence=evidence(top.section("evidence")),
        expiries=expiries(top.section("platforms")),
    )


def _own(file: Path, whose: Organization, state: Path) -> list[Path]:
    """What nobody else may see: the configuration, what it reads, and the state."""
    return [file.absolute(), state, *filter(None, (whose.roster, whose.org_chart, whose.annotations))]


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
