"""How everything is, in numbers, as the operator may know it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url

from headcount.metrics.everything import Supplies, everything
from headcount.metrics.exposition import TEXT
from headcount.pipeline.expecting import expectation
from headcount.pipeline.house import House
from headcount.settings import Settings
from headcount.vitals.take import take


def figures(house: House) -> bytes:
    """The figures of an installation, in the text format of Prometheus, all as of one moment."""
    with house.store.moment() as store:
        vitals = take(store, expectation(house), house.clock.now())
        return TEXT.written(everything(vitals, store, supplies_of(house.settings)))


def supplies_of(settings: Settings) -> Supplies:
    """What an installation lives on."""
    return Supplies(settings.expiries, _size(settings.store))


def _size(store: str) -> int | None:
    """The bytes of the store's files; None where it is no file of ours."""
    url = make_url(store)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    files = (Path(url.database + ending) for ending in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
