"""Characters that no spreadsheet shows, and that a terminal or a page may obey."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""All but tabs and line ends; those that turn the direction of writing too."""


def has_controls(text: str) -> bool:
    """Whether one of them stands in a text."""
    return _CONTROLS.search(text) is not None


def without_controls(text: str) -> str:
    """The text as it is read."""
    return _CONTROLS.sub("", text)
