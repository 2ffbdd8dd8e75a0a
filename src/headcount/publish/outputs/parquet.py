"""`parquet/`: the readings once more, in columns, partitioned by year and month."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from headcount.publish.edition import Edition
from headcount.publish.file import AnyFile, Converted
from headcount.publish.outputs.readings import SCHEMA


def parquet(edition: Edition) -> Iterator[AnyFile]:
    """A file a month, made from the CSV of that month: the two never differ."""
    for month, _ in edition.store.months():
        year, number = month.split("-")
        yield Converted(
            name=f"parquet/year={year}/month={number}/readings.parquet",
            title=f"readings/{month}.csv in columns",
            source=f"readings/{month}.csv",
            convert=_convert,
        )


def _convert(source: Path, to: Path) -> None:
    from headcount.publish.columnar import csv_to_parquet  # noqa: PLC0415 - half a second, and only where a month has changed

    csv_to_parquet([source], SCHEMA, to)
