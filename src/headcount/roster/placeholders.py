"""Words that people write where there is no account; each may be somebody's handle too."""

from __future__ import annotations

import re

_WORDS = (
    "none null nil na nan nothing empty blank unknown unavailable notavailable notapplicable notyet tbd tba tbc todo "
    "tobedetermined pending comingsoon seewebsite seesite seeabove seebelow seenotes website yes no true false noaccount "
    "deleted closed inactive placeholder yourhandle username handle xxx"
)
_BETWEEN = re.compile(r"[^a-z]")


def is_placeholder(handle: str) -> bool:
    """Whether a handle is probably none: `none`, `TBD`, `see-website`."""
    word = _BETWEEN.sub("", handle.casefold())
    return word in _WORDS.split() and not any(map(str.isdigit, handle))
