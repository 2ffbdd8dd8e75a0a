"""The first bytes by which workbooks are told from texts."""

from __future__ import annotations

ZIP = b"PK\x03\x04"
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
"""Of .xls, and of any workbook that has a password."""


def is_workbook(content: bytes) -> bool:
    """Whether a file is a workbook rather than a text."""
    return content.startswith((ZIP, OLD_OR_ENCRYPTED))
