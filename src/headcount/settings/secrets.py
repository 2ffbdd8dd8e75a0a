"""Secrets stand in the environment or in files of their own, never in the configuration."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from headcount.settings.places import Places
from headcount.settings.section import Section

SECRET_WORDS = ("secret", "password", "token", "passphrase")
"""A name that holds one of these is the name of a secret."""


EXPIRES = "expires"
"""Beside where a credential is, the last day on which it holds, where somebody knows it."""


def is_reference(value: object) -> bool:
    """Whether a value says where to look: `{ env = "NAME" }` or `{ file = "path" }`, perhaps with a day of expiry."""
    return isinstance(value, dict) and len(value.keys() - {EXPIRES}) == 1 and bool(value.keys() & {"env", "file"})


def expiry(section: Section, key: str) -> date | None:
    """The last day of the credential under `key`, where it is given."""
    value = section.value(key)
    found = value.get(EXPIRES) if isinstance(value, dict) else None
    if found is None or type(found) is date:
        return found
    section.wrong(key, "expires on something that is no day", f'{key} = {{ env = "...", {EXPIRES} = 2026-12-31 }}')
    return None


def secret(section: Section, key: str, places: Places, variable: str) -> str | None:
    """The secret that `key` refers to, else the one in its own environment variable, else None."""
    value = section.value(key)
    if value is None:
        return places.environment.get(variable, "").strip() or None
    if is_reference(value):
        return referred(section, key, places, may_expire=True)
    if isinstance(value, str):
        section.wrong(key, *in_the_clear(key, variable))
    else:
        section.wrong(key, "must say where the secret is", _how(key, variable))
    return None


def in_the_clear(key: str, variable: str) -> tuple[str, str]:
    """What is wrong with a secret in the configuration, and what to do about it."""
    return (
        "is a secret, and stands here for everyone to read",
        f"{_how(key, variable)}; have it replaced where it came from",
    )


def referred(section: Section, key: str, places: Places, *, may_expire: bool = False) -> str | None:
    """What the reference under `key` leads to; None, with a complaint, where it leads nowhere."""
    reference = section.section(key)
    if EXPIRES in reference and not may_expire:
        section.wrong(key, "has a day of expiry, which only the credentials of platforms have")
    name = reference.text("env") or reference.text("file")
    if not name:
        return None
    if "file" in reference:
        return _from_file(section, key, places.path(name))
    found = places.environment.get(name, "").strip()
    if not found:
        section.wrong(key, f"refers to the environment variable {name}, which is not set")
    return found or None


def _how(key: str, variable: str) -> str:
    return f'write {key} = {{ env = "{variable}" }} or {key} = {{ file = "..." }}'


def _from_file(section: Section, key: str, path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
        found = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a text"
        section.wrong(key, f"refers to the file {path}, which cannot be read: {why}")
        return None
    if mode & 0o077:
        section.wrong(key, f"refers to the file {path}, which others may read", f"chmod 600 {path}")
    elif not found:
        section.wrong(key, f"refers to the file {path}, which is empty")
    return found or None
