"""Moments as people read them: in the organisation's zone, with its name."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup


@pass_context
def when(context: Context, at: datetime) -> str:
    """`23 November 2026, 07:00 EST`."""
    local = _local(context, at)
    return f"{_day(local)}, {local:%H:%M} {_zone(local)}"


@pass_context
def day(context: Context, at: datetime) -> str:
    """`23 November 2026`."""
    return _day(_local(context, at))


@pass_context
def element(context: Context, at: datetime) -> Markup:
    """A moment in words, which programs can read too."""
    return Markup('<time datetime="{}">{}</time>').format(iso(at), when(context, at))


def iso(at: datetime) -> str:
    """`2026-11-23T12:00:00Z`."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _local(context: Context, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(context["timezone"]))


def _day(local: datetime) -> str:
    return f"{local.day} {local:%B %Y}"


def _zone(local: datetime) -> str:
    """`EST`; many zones have no such name: `UTC-03`."""
    name = local.tzname() or "UTC"
    return name if name.isalpha() else f"UTC{name}"
