"""Opens what a command works with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from headcount.cli.parser import Session
from headcount.clock import SYSTEM
from headcount.pipeline.house import House, Premises, open_house
from headcount.settings import Settings, defaults, load
from headcount.store.contract import Store
from headcount.store.open import open_store


def settings(session: Session) -> Settings:
    """The settings of the session's configuration.

    Raises:
        Mistake: every fault of it, with its place.
    """
    return load(session.config, os.environ)


def settings_or_defaults(session: Session) -> Settings:
    """The settings, or the defaults where there is no configuration: enough to read public pages."""
    return settings(session) if session.config.exists() else defaults(session.config, os.environ)


@contextmanager
def store(of: Settings) -> Iterator[Store]:
    """The store, open while inside."""
    opened = open_store(of.store, of.state)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def premises(session: Session) -> Iterator[Premises]:
    """The settings and the store, open while inside."""
    of = settings(session)
    with store(of) as opened:
        yield Premises(of, opened, SYSTEM)


@contextmanager
def house(session: Session) -> Iterator[House]:
    """The installation, with its doors open while inside."""
    with premises(session) as ground:
        yield open_house(ground)
