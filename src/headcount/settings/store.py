"""`[store]`: where the database is."""

from __future__ import annotations

from pathlib import Path

from headcount.settings.places import Places
from headcount.settings.secrets import is_reference, referred
from headcount.settings.section import Section

_DATABASES = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}


def store(section: Section, places: Places, state: Path) -> str:
    """The database's URL, a SQLite file's path made absolute."""
    default = "sqlite:///headcount.db"
    is_elsewhere = is_reference(section.value("url"))
    url = (referred(section, "url", places) if is_elsewhere else section.text("url", default)) or default
    section.close()
    kind, mark, rest = url.partition("://")
    if not mark or kind not in _DATABASES:
        section.wrong("url", "is not the URL of a database that headcount knows", _how_stores_look())
    elif kind == "sqlite" and not rest.strip("/"):
        section.wrong("url", "names no file, and a store in memory forgets", _how_stores_look())
    elif kind == "sqlite":
        return f"sqlite:///{state / rest.removeprefix('/')}"
    return f"{_DATABASES.get(kind, kind)}://{rest}"


def _how_stores_look() -> str:
    return "sqlite:///headcount.db or postgresql+psycopg://user@host/database"
