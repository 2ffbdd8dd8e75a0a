"""The published files: what each is for, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator

from docs.parts.markdown import bullets, code, codes, link, paragraphs, table
from headcount.publish.schema import Field, Schema
from headcount.publish.tables import OUTPUTS


def page() -> str:
    """The page that describes them all."""
    return paragraphs(
        "# The published files",
        "Every file stands at a name that never changes, in each target and under `headcount serve`. `datapackage.json` names"
        " all of one moment under paths that are never written over (`gen/`), with their columns, sizes and hashes, by the"
        f" {link('Data Package', 'https://datapackage.org')} standard; three such sets are kept. `series/` belongs to no set.",
        "CSV is UTF-8 with a header. An empty cell is a missing count, never zero. Times are UTC and end in `Z`; days and months"
        " are those of the organisation's time zone. A cell of text that a spreadsheet would run is led by an apostrophe.",
        bullets(f"{code(output.pattern)}: {output.description}" for output in OUTPUTS),
        *(_columns(name, schema) for output in OUTPUTS for name, schema in output.tables.items()),
        f"Why a count is missing: {link('every reason', 'reasons.md')}. JSON files have the shapes that the HTTP interface"
        " describes in `v1/openapi.json` where they share them, and say the rest by their names.",
    )


def _columns(name: str, schema: Schema) -> str:
    return paragraphs(
        f"## {name}",
        table(("column", "type", "meaning"), (_row(field) for field in schema.fields)),
        " ".join(_holds(schema)),
    )


def _row(field: Field) -> tuple[str, str, str]:
    return code(field.name), field.type + (", always" if field.required else ""), field.description


def _holds(schema: Schema) -> Iterator[str]:
    if schema.key:
        yield f"A row is unique by {codes(schema.key)}."
    for each in schema.references:
        yield f"{codes(each.fields)} is {codes(each.to)} of {code(each.table) if each.table else 'another row'}."
