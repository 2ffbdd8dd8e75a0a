"""`[serve]`: how the HTTP interface presents itself."""

from __future__ import annotations

import re

from headcount.settings.section import Section
from headcount.settings.shape import Metrics, Serve

_ORIGIN = re.compile(r"\*|https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
"""As browsers write one: lower case, ASCII, no path."""
_DEFAULT_PORT = re.compile(r"http://[^/]+:80|https://[^/]+:443")
_BASE = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")
_ADDRESS = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5})")
LAST_PORT = 65_535
_TAKEN = ("/healthz", "/metrics")


def serve(section: Section) -> Serve:
    """How the HTTP interface presents itself."""
    found = Serve(
        base_path=section.text("base_path", Serve().base_path).rstrip("/"),
        cors_origins=section.texts("cors_origins", Serve().cors_origins),
        metrics=_metrics(section),
    )
    if found.base_path and not found.base_path.startswith("/"):
        section.wrong("base_path", f"is {found.base_path!r}, which is not a path", f"did you mean /{found.base_path}?")
    elif not _BASE.fullmatch(found.base_path):
        section.wrong("base_path", f"is {found.base_path!r}, which is not a path of a URL", "/api/social-media")
    if found.base_path.startswith(_TAKEN):
        section.wrong("base_path", f"is {found.base_path!r}, where headcount itself answers", "/api/social-media")
    for origin in found.cors_origins:
        if hint := _unlike(origin):
            section.wrong("cors_origins", f"names {origin!r}, which is no origin as a browser sends it", hint)
    section.close()
    return found


def _metrics(section: Section) -> Metrics:
    """`on`, `off`, or an address."""
    text = section.text("metrics", "on")
    if text in {"on", "off"}:
        return Metrics(public=text == "on")
    address = _ADDRESS.fullmatch(text)
    if address and 0 < int(address["port"]) <= LAST_PORT:
        return Metrics(public=False, host=address["host"].strip("[]"), port=int(address["port"]))
    section.wrong("metrics", f"is {text!r}, which is neither on, off nor an address", 'metrics = "127.0.0.1:9464"')
    return Metrics()


def _unlike(origin: str) -> str:
    """What an origin should look like, where no browser sends it so."""
    if not _ORIGIN.fullmatch(origin):
        return "https://example.gov: lower case, without a path or a *; or * alone, for everybody"
    return origin.rpartition(":")[0] if _DEFAULT_PORT.fullmatch(origin) else ""
