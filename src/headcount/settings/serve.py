"""`[serve]`: how the HTTP interface presents itself."""

from __future__ import annotations

import re

from headcount.settings.section import Section
from headcount.settings.shape import Serve

_ORIGIN = re.compile(r"\*|https?://[^/?#\s@]+")


def serve(section: Section) -> Serve:
    """How the HTTP interface presents itself."""
    found = Serve(
        base_path=section.text("base_path", Serve().base_path).rstrip("/"),
        cors_origins=section.texts("cors_origins", Serve().cors_origins),
    )
    if found.base_path and not found.base_path.startswith("/"):
        section.wrong("base_path", f"is {found.base_path!r}, which is not a path", f"did you mean /{found.base_path}?")
    for origin in found.cors_origins:
        if not _ORIGIN.fullmatch(origin):
            section.wrong(
                "cors_origins", f"names {origin!r}, which is not an origin", "https://example.gov, without a path, or *"
            )
    section.close()
    return found
