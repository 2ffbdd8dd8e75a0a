"""Finding a published table as it would be now."""

from __future__ import annotations

from collections.abc import Iterable

from headcount.errors import Mistake
from headcount.pipeline.house import House
from headcount.pipeline.publishing.editing import edition
from headcount.pipeline.publishing.publish import print_now
from headcount.publish.export import Table, names_of
from headcount.publish.tables import files
from headcount.roster.spelling import nearest


def table_now(house: House, name: str) -> Table:
    """A published table of that name, printed now.

    Raises:
        Mistake: where there is none, with the nearest good spelling and a list.
        DeliveryError: where the press cannot be written.
    """
    press = print_now(house)
    names = names_of(name, press.files)
    if not names:
        good = _good_names(press.files)
        hint = nearest(name, [*good, *press.files])
        raise Mistake(
            f"there is no table called {name!r}" + (f" ({hint})" if hint else "") + f"; there are {', '.join(good)}"
        )
    schemas = {file.name: file.schema for file in files(edition(house, house.store, press.mark))}
    places = tuple(press.place(press.files[each]) for each in names)
    return Table(name, places, names[0].rpartition(".")[2], schemas.get(names[0]))


def _good_names(names: Iterable[str]) -> list[str]:
    """What may be asked for, without the parts of `readings` and `series`, which would fill the screen."""
    whole = {name.removesuffix(".csv") for name in names if "/" not in name}
    return sorted({*whole, "readings", "readings/latest", "readings/YYYY-MM", "series/daily/KEY", "series/hourly/KEY"})
