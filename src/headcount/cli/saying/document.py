"""What a command has found, as one JSON document."""

from __future__ import annotations

import msgspec


def document(found: object) -> str:
    """The document, indented: people read it too."""
    return msgspec.json.format(msgspec.json.encode(found)).decode()
