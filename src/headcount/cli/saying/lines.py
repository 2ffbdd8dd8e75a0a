"""Events in words, a line each."""

from __future__ import annotations

import click

from headcount import platforms
from headcount.collect.cost import Estimate
from headcount.collect.turn import Event, Refused
from headcount.model import KNOWN_ABSENCES, Miss, Reading
from headcount.news.naming import plural
from headcount.pipeline.by_hand.doubts import figure


def reason_in_words(reason: str) -> str:
    """Why an account has no count, as people say it: `not found`."""
    return "counted by hand" if reason == "unsupported" else reason.replace("_", " ")


class Lines:
    """A line an event; what everyone knows already (retired, not supported yet) is said once a platform."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, event: Event) -> None:
        """Say an event, where there is anything new to say."""
        if line := self.line(event):
            click.echo(line, err=True)

    def line(self, event: Event) -> str | None:
        """The event in words; None where nothing new would be said."""
        if isinstance(event, Estimate):
            whom, how = plural(event.accounts, "account"), plural(event.requests, "request")
            return f"{event.platform}: asking {event.source} about {whom} in {how}"
        if isinstance(event, Refused):
            return self._once(f"{event.platform}: {event.source}: {event.refusal.reason}, {event.refusal.detail}")
        said = event.said
        if isinstance(said, Reading):
            return f"{said.account.key}: {figure(said.count)} {said.metric} ({event.source})"
        return (
            self._known(said)
            if said.reason in KNOWN_ABSENCES
            else f"{said.account.key}: no count: {said.reason}, {said.detail}"
        )

    def _known(self, miss: Miss) -> str | None:
        if miss.reason == "hidden":
            return f"{miss.account.key}: no count: the account hides it"
        return self._once(f"{miss.account.platform}: {_why(miss)}")

    def _once(self, line: str) -> str | None:
        """The line, the first time; a cause that holds for many is told once."""
        if line in self._said:
            return None
        self._said.add(line)
        return line


def _why(miss: Miss) -> str:
    slug = miss.account.platform
    return platforms.platform(slug).no_source if miss.reason == "unsupported" else KNOWN[miss.reason]


KNOWN = {
    "retired": "this platform has closed; its accounts are kept in the roster and not asked for",
    "no_credential": "no source can be asked without a credential; `headcount doctor` says which",
}
