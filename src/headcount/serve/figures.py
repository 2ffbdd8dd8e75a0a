"""The figures for Prometheus: for everybody at `/metrics`, and for the operator at an address of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct, structs
from prometheus_client.core import Metric

from headcount.metrics.everything import Supplies, everything
from headcount.metrics.public import public
from headcount.model import HEADLINE
from headcount.serve.answers.health import expected
from headcount.serve.asking import Grounds
from headcount.serve.serving import Serving
from headcount.serve.stand import Shown
from headcount.store.reader import Reader
from headcount.vitals.signs import Expectation, Expected
from headcount.vitals.take import take

FRESH = 10
"""Seconds for which figures are not worked out anew, however many ask for them."""


class View(Struct, frozen=True):
    """An installation that is looked at."""

    serving: Serving
    shown: Shown
    reader: Reader

    def grounds(self, moment: Reader) -> Grounds:
        """What the figures are made from."""
        return Grounds(self.shown, moment, self.serving.clock.now(), self.serving)


def for_everybody(view: View) -> list[Metric]:
    """What everybody may know."""
    with view.reader.moment() as moment:
        grounds = view.grounds(moment)
        return list(public(take(moment, expected(grounds), grounds.at)))


def for_the_operator(view: View, supplies: Supplies) -> list[Metric]:
    """Everything."""
    with view.reader.moment() as moment:
        grounds = view.grounds(moment)
        vitals = take(moment, _with_hidden(grounds), grounds.at)
        return list(everything(vitals, moment, supplies))


def _with_hidden(grounds: Grounds) -> Expectation:
    """What should be there, and who else was asked about of late: they are on the roster, and not in the edition."""
    found = expected(grounds)
    return structs.replace(found, accounts=(*found.accounts, *_hidden(grounds)))


def _hidden(grounds: Grounds) -> Iterable[Expected]:
    since = grounds.at - 2 * grounds.serving.longest
    asked = {
        fill.key for fill in grounds.store.recent(grounds.at) if fill.metric == HEADLINE and fill.taken_at >= since
    }
    for key in sorted(asked - grounds.shown.accounts.keys()):
        yield Expected(key=key, unit="", platform=key.partition("/")[0], period=_period(grounds), public=False)


def _period(grounds: Grounds) -> timedelta:
    return grounds.serving.longest
