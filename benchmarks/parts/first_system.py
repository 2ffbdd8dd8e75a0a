"""The method of the first system: a request an account, one after the other, each on a connection of its own.

Its answers are searched with `str.find` and cut into slices. It is spared the rewriting of its CSV file.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from urllib.request import ProxyHandler, Request, build_opener

from msgspec import Struct

from benchmarks.parts.server import Demo


class Script(Struct, frozen=True):
    """How one platform is asked: `{handle}` and the platform's hosts and credentials are filled in."""

    url: str
    before: Sequence[str]
    """What is found one after the other; the count stands behind the last."""
    after: str
    headers: Mapping[str, str] = {}


SCRIPTS: Mapping[str, Mapping[str, Script]] = {
    "api": {
        "twitter": Script(
            "{api}/2/users/by/username/{handle}?user.fields=public_metrics",
            ['"followers_count":'],
            ",",
            {"Authorization": "Bearer {bearer_token}"},
        ),
        "youtube": Script(
            "{api}/youtube/v3/channels?part=statistics&forHandle=@{handle}&key={key}", ['"subscriberCount":"'], '"'
        ),
        "facebook": Script(
            "{api}/v25.0/{handle}?fields=followers_count&access_token={token}", ['"followers_count":'], ","
        ),
        "instagram": Script(
            "{api}/v25.0/{user_id}?fields=business_discovery.username({handle}){{followers_count}}&access_token={token}",
            ['"followers_count":'],
            ",",
        ),
    },
    "page": {
        "twitter": Script(
            "{page}/srv/timeline-profile/screen-name/{handle}", ['"screen_name":"{handle}"', '"followers_count":'], ","
        ),
        "youtube": Script(
            "{page}/@{handle}?hl=en",
            ['"pageHeaderRenderer"', '"accessibilityLabel":"'],
            " subscribers",
            {"Cookie": "SOCS=CAE="},
        ),
        "facebook": Script("{page}/{handle}/", ['"profile_header_renderer"', '"text":"'], " followers"),
        "instagram": Script("{page}/{handle}/", ['og:description" content="'], " Followers"),
    },
}

# Whatever proxy the machine names is none for the demo server.
_OPENER = build_opener(ProxyHandler({}))


def count_all(demo: Demo, source: str, handles: Sequence[str]) -> dict[str, str]:
    """What each account is said to have, by its key, as a text."""
    return {
        f"{slug}/{handle}": _count(
            SCRIPTS[source][slug], {**simulated.hosts, **simulated.credentials, "handle": handle}
        )
        for slug, simulated in demo.platforms.items()
        for handle in handles
    }


def _count(script: Script, known: Mapping[str, str]) -> str:
    headers = {name: value.format(**known) for name, value in script.headers.items()}
    request = Request(script.url.format(**known), headers={**headers, "Accept-Encoding": "gzip"})
    with _OPENER.open(request) as answer:
        body = answer.read()
        packed = answer.headers["Content-Encoding"] == "gzip"
    return _cut((gzip.decompress(body) if packed else body).decode(), script, known)


def _cut(text: str, script: Script, known: Mapping[str, str]) -> str:
    start = 0
    for piece in script.before:
        wanted = piece.format(**known)
        start = text.find(wanted, start) + len(wanted)
    return text[start : text.find(script.after, start)].rstrip("}]")
