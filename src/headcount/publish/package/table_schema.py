"""The columns of a table as Table Schema v2 writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from headcount.publish.schema import Field, Reference, Schema

Json = dict[str, object]


def table_schema(schema: Schema, named: Collection[str], name_of: Callable[[str], str]) -> Json:
    """A schema; it points only to tables that are in the set."""
    references = [_reference(each, name_of) for each in schema.references if not each.table or each.table in named]
    return {
        "fields": [_field(each) for each in schema.fields],
        "missingValues": [""],
        **({"primaryKey": list(schema.key)} if schema.key else {}),
        **({"foreignKeys": references} if references else {}),
    }


def _field(field: Field) -> Json:
    constraints: Json = {
        **({"required": True} if field.required else {}),
        **({"unique": True} if field.unique else {}),
        **({"enum": list(field.enum)} if field.enum else {}),
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
