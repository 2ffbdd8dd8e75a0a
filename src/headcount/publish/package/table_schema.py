"""The columns of a table as Table Schema v2 writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from headcount.publish.schema import Field, Reference, Schema

Json = dict[str, object]
Enums = Mapping[str, Sequence[str]]


def table_schema(schema: Schema, named: Collection[str], name_of: Callable[[str], str], enums: Enums) -> Json:
    """A schema; it points only to tables that are in the set. `enums` has the values of some columns that grow in number."""
    references = [_reference(each, name_of) for each in schema.references if not each.table or each.table in named]
    return {
        "fields": [_field(each, each.enum or enums.get(each.name, ())) for each in schema.fields],
        "missingValues": [""],
        **({"primaryKey": list(schema.key)} if schema.key else {}),
        **({"foreignKeys": references} if references else {}),
    }


def _field(field: Field, enum: Sequence[str]) -> Json:
    constraints: Json = {
        **({"required": True} if field.required else {}),
        **({"unique": True} if field.unique else {}),
        **({"enum": list(enum)} if enum else {}),
        **({} if field.minimum is None else {"minimum": field.minimum}),
        **({} if field.maximum is None else {"maximum": field.maximum}),
    }
    return {
        "name": field.name,
        "type": field.type,
        **({"format": field.format} if field.format else {}),
        "description": field.description,
        **({"constraints": constraints} if constraints else {}),
    }


def _reference(reference: Reference, name_of: Callable[[str], str]) -> Json:
    to = {"resource": name_of(reference.table) if reference.table else "", "fields": list(reference.to)}
    return {"fields": list(reference.fields), "reference": to}
