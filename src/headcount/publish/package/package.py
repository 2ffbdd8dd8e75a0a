"""`datapackage.json`: every file of a set with its columns, its size and its hash (Data Package v2)."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping

from headcount.publish.edition import Edition
from headcount.publish.encode import json_bytes, stamp
from headcount.publish.file import AnyFile
from headcount.publish.package.table_schema import Enums, table_schema
from headcount.publish.printed import NUMBER, Printed

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

FORMATS = {"parquet": "apache-parquet"}
"""Called `parquet`, a file would be opened as a table by programs of which most lack what that takes."""

MEDIA = {
    "atom": "application/atom+xml",
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}

Json = dict[str, object]


def package(edition: Edition, files: Iterable[AnyFile], printed: Mapping[str, Printed], number: int) -> Iterator[bytes]:
    """The description of a set: what a reader needs to find, check and understand each of its files."""
    of_set = [file for file in files if file.in_set]
    named = {file.name for file in of_set}
    enums = {"platform": edition.platforms}
    return json_bytes(
        {
            "$schema": PROFILE,
            "name": "audience",
            "title": f"The social media audience of {edition.organization}",
            "description": (
                "How many people follow each account, counted by headcount. An empty cell is a missing count, never zero. "
                "The paths never change; the newest set is always described here."
            ),
            "created": stamp(edition.at),
            NUMBER: number,
            "headcount:timezone": edition.timezone,
            **({"homepage": edition.homepage} if edition.homepage else {}),
            **_licences(edition.licence),
            "contributors": [{"title": edition.organization, "roles": ["publisher"]}],
            "sources": [{"title": "The platforms' own counts, as the column `source` names them"}],
            "resources": [_resource(file, printed[file.name], named, enums) for file in of_set],
        }
    )


def name_of(file: str) -> str:
    """The name of a file's resource: `readings/2026-11.csv` is `readings-2026-11`; other forms keep their ending."""
    plain = file.removesuffix(".csv")
    return re.sub(r"[^a-z0-9._-]+", "-", plain.lower())


def _resource(file: AnyFile, printed: Printed, named: set[str], enums: Enums) -> Json:
    form = file.name.rpartition(".")[2]
    about: Json = {
        "name": name_of(file.name),
        "path": printed.path,
        "headcount:file": file.name,
        **({"title": file.title} if file.title else {}),
        "format": FORMATS.get(form, form),
        "mediatype": MEDIA.get(form) or mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        **({} if form == "parquet" else {"encoding": "utf-8"}),
        "bytes": printed.bytes,
        "hash": f"sha256:{printed.sha256}",
    }
    if file.schema and form == "csv":
        about |= {"type": "table", "schema": table_schema(file.schema, named, name_of, enums)}
    return about


def _licences(licence: str) -> Json:
    if not licence:
        return {}
    return {"licenses": [{"path": licence} if "://" in licence else {"name": licence}]}
