"""`[publish.NAME]`: where the files go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from headcount.settings.credentials import Credentials
from headcount.settings.places import Places
from headcount.settings.secrets import SECRET_WORDS, in_the_clear, is_reference, referred
from headcount.settings.section import Section
from headcount.settings.shape import Encoding, Target


def target(publish: Section, name: str, places: Places) -> Target:
    """The target of that name."""
    section = publish.section(name)
    to = section.text("to")
    if not to:
        section.wrong(
            "to", "is missing: it names a folder or an object store", 'to = "public" or to = "s3://bucket/path"'
        )
    options = Credentials(dict(_options(section.section("options"), places)))
    encoding: Encoding = "identity" if section.choice("encoding", ("gzip", "identity")) == "identity" else "gzip"
    section.close()
    return Target(name, to if "://" in to or not to else str(places.path(to)), options, encoding)


def keep_apart(publish: Section, targets: Iterable[Target], own: Iterable[Path]) -> None:
    """Complain of a folder in which something lies that is our own: it would be shown to everybody, or written over."""
    for target in targets:
        inside = [
            path for path in own if "://" not in target.to and path.resolve().is_relative_to(Path(target.to).resolve())
        ]
        if inside and target.to:
            publish.section(target.name).wrong("to", f"is a folder in which {inside[0].name} lies", 'to = "public"')


def _options(section: Section, places: Places) -> Iterator[tuple[str, str]]:
    """The options of an object store, as they are; those that are secrets say where they lie."""
    for name in section:
        value = section.value(name)
        if is_reference(value):
            yield name, referred(section, name, places) or ""
        elif isinstance(value, bool):
            yield name, str(value).lower()
        elif isinstance(value, int | float):
            yield name, str(value)
        elif is_secret(name.lower()):
            section.wrong(name, *in_the_clear(name, f"HEADCOUNT_{section.path[-2]}_{name}".upper()))
        else:
            yield name, section.text(name)


def is_secret(name: str) -> bool:
    """Whether an option is a secret by its name: `secret_access_key`, `account_key`, `sas_key`, but not `sse_kms_key_id`."""
    return any(word in name for word in SECRET_WORDS) or name.endswith(("_key", "_key_base64"))
