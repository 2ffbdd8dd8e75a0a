"""Exchanges to keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from headcount.evidence.exchange import Asked, Exchange, Why, saved
from headcount.net.message import Get, Reply

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def exchange(
    body: bytes, at: datetime = NOON, name: str = "nasa", *, why: Why = "shape_changed", cut: bool = False
) -> Exchange:
    """One reply about one account, for the hour that it came in."""
    request = Get("{page}/" + name, {"hl": "en"}, {"accept": "text/html"})
    reply = Reply(200, {"content-type": "text/html"}, body, at, f"https://x.example/{name}")
    slot = at.replace(minute=0, second=0, microsecond=0)
    asked = (Asked(f"github/{name}", name, {"github": "7"}, why),)
    return Exchange("hourly", slot, 1, "github", "page", asked, (saved(request, reply, cut=cut),))
