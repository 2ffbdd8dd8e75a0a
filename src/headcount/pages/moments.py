"""Moments as people read them: in the organisation's zone, with its name."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from headcount.news import naming


@pass_context
def when(context: Context, at: datetime) -> str:
    """`23 November 2026, 07:00 EST`."""
    return naming.moment(at, _zone(context))


@pass_context
def day(context: Context, at: datetime) -> str:
    """`23 November 2026`."""
    return naming.day(at.astimezone(_zone(context)))


@pass_context
def element(context: Context, at: datetime) -> Markup:
    """A moment in words, which programs can read too."""
    return Markup('<time datetime="{}">{}</time>').format(iso(at), when(context, at))


def iso(at: datetime) -> str:
    """`2026-11-23T12:00:00Z`."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _zone(context: Context) -> ZoneInfo:
    return ZoneInfo(context["timezone"])
