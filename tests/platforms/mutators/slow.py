"""Pages of real size that are made to be slow: a reader that goes back for every piece would take minutes.

Each is one piece again and again; HANDLE is whoever was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.platforms.mutators.mutant import Mutant

META = '<html lang="en"><meta property="og:description" '
LD_JSON = '<html lang="en"><script type="application/ld+json">"'

END = "</script></html>"

PIECES: Mapping[str, tuple[str, str, int]] = {
    "tags with a name without end": (META, f"{'a' * 19_900}>{META}", 0),
    "a tag with a name without end": (META, "a", 19_900),
    "a tag with many names": (META, "a b ", 4_900),
    "data assigned outside of scripts": ("<html>", "ytInitialData={", 0),
    "data assigned outside of scripts, elsewhere": ("<html>", "__APOLLO_STATE__={", 0),
    "data assigned in a script": ("<script>", "ytInitialData={", 0),
    "a text of quotes that never ends": (LD_JSON, '\\"', 0),
    "addresses without their quotes": ("<html>", "/@HANDLE/followers", 0),
    "classes without their quotes": ("<html>", "_new", 0),
    "classes without their quotes, in tags": ("<html>", '<div class="tgme_page_extra_new', 0),
    "comments": ("<html>", "<!---->", 0),
}
"""What begins the page, what follows again and again, and how often: 0, as often as there is room."""


def slow(handle: str, size: int) -> Iterator[Mutant]:
    """Every one of them, about that handle."""
    for name, (begin, piece, times) in PIECES.items():
        own = piece.replace("HANDLE", handle)
        body = begin + own * (times or (size - len(begin)) // len(own)) + END
        yield Mutant(name, body.encode(), unreadable=True)
