"""The text of a spreadsheet's file."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from headcount.errors import Fault, Mistake


def text_of(content: bytes, file: str) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark (what Excel calls Unicode Text), or Windows-1252.

    Raises:
        Mistake: where it is none of them.
    """
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Mistake([Fault(file, "this is not a text", hint="save it as CSV UTF-8")])
