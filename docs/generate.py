"""Writes the pages of the reference that come from what the code declares: `make docs`.

A test compares them with what is written here, and fails where a page is stale, missing or left over.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs.parts import published, reasons
from docs.parts.declared import Undeclared, declared
from docs.parts.index import index
from docs.parts.page import page

DOCS = Path(__file__).parent
PLATFORMS = "reference/platforms"
"""Every page in here is ours."""


def pages() -> dict[str, str]:
    """The text of every page, by its path below `docs`.

    Raises:
        Undeclared: where something that a page must say is not declared.
    """
    everyone = declared()
    found = {f"{PLATFORMS}/{each.platform.slug}.md": page(each, everyone) for each in everyone}
    found |= {f"{PLATFORMS}/README.md": index(everyone)}
    found |= {"reference/reasons.md": reasons.page(), "reference/published.md": published.page()}
    return {name: text + "\n" for name, text in sorted(found.items())}


def faults(folder: Path, wanted: Mapping[str, str]) -> Iterator[str]:
    """What differs between a folder and what should stand in it, a line a page."""
    for name, text in wanted.items():
        if not (folder / name).is_file():
            yield f"{name} is missing"
        elif (folder / name).read_text(encoding="utf-8") != text:
            yield f"{name} is stale"
    yield from (f"{name} is left over" for name in left_over(folder, wanted))


def left_over(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Pages of platforms that are not there any more."""
    found = {path.relative_to(folder).as_posix() for path in (folder / PLATFORMS).glob("*")}
    return sorted(found - wanted.keys())


def write(folder: Path, wanted: Mapping[str, str]) -> None:
    """Make the folder hold just these pages."""
    for name in left_over(folder, wanted):
        (folder / name).unlink()
    for name, text in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> None:
    """Bring the pages up to date; what is not declared is told, and then nothing is written."""
    try:
        wanted = pages()
    except Undeclared as gaps:
        sys.exit(str(gaps))
    write(DOCS, wanted)


if __name__ == "__main__":
    main()
