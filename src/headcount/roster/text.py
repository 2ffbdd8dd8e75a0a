"""The text of a spreadsheet's file."""

from __future__ import annotations

from headcount.errors import Fault, Mistake


def text_of(content: bytes, file: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark, or Windows-1252.

    Raises:
        Mistake: where it is neither.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Mistake([Fault(file, "this is not a text", hint="save it as CSV UTF-8")])
