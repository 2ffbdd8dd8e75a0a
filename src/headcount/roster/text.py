"""The text of a spreadsheet's file."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

from headcount.errors import Fault, Mistake

_SAVE = "save it as CSV UTF-8"
_NO_UTF8 = re.compile("[\udc80-\udcff]")
"""What `surrogateescape` makes of bytes that are none."""
_UTF8 = re.compile("[^\x00-\x7f\udc80-\udcff]")
"""Letters that take more than a byte: in another encoding, hardly any two bytes look like one."""


def text_of(content: bytes, file: str) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark (what Excel calls Unicode Text), or Windows-1252.

    Raises:
        Mistake: where it is none of them, or UTF-8 with some bytes of another.
    """
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            if faults := list(_mixed(content, file)) if encoding == "utf-8-sig" else []:
                raise Mistake(faults) from None
            continue
        if "\0" not in text:
            return _with_plain_ends(text)
    raise Mistake([Fault(file, "this is not a text", hint=_SAVE)])


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mixed(content: bytes, file: str) -> Iterator[Fault]:
    """The lines whose bytes are not UTF-8, where more of the file certainly is."""
    text = _with_plain_ends(content.decode("utf-8", "surrogateescape"))
    if not content.startswith(BOM_UTF8) and len(_NO_UTF8.findall(text)) > len(_UTF8.findall(text)):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if bad := _NO_UTF8.search(line):
            what = (
                f"the byte {ord(bad[0]) - 0xDC00:02X} is of another encoding than the rest of the file, which is UTF-8"
            )
            yield Fault(file, what, number, hint=f"write that letter afresh, and {_SAVE}")
