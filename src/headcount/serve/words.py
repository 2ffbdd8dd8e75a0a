"""The words that answers are made of, each with what it means: what is documented is what is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from headcount.publish import fields

Key = Annotated[str, Meta(description=fields.ACCOUNT.description, examples=["twitter/energy"])]
Platform = Annotated[str, Meta(description=fields.PLATFORM.description, examples=["twitter"])]
Handle = Annotated[str, Meta(description=fields.HANDLE.description, examples=["ENERGY"])]
UnitId = Annotated[str, Meta(description=fields.UNIT_ID.description)]
UnitName = Annotated[str, Meta(description=fields.UNIT.description)]
Metric = Annotated[str, Meta(description=fields.METRIC.description, examples=["followers"])]
Heads = Annotated[int, Meta(description="People", ge=0, examples=[1234567])]
Granularity = Annotated[int, Meta(description=fields.GRANULARITY.description, ge=1, examples=[1])]
Source = Annotated[str, Meta(description=fields.SOURCE.description, examples=["api"])]
TakenAt = Annotated[datetime, Meta(description=fields.TAKEN_AT.description)]
Zone = Annotated[str, Meta(description="The time zone whose days and hours are meant", examples=["America/New_York"])]
Moment = Annotated[datetime, Meta(description="The moment that this is of (UTC); it is rounded down")]
PrintedAt = Annotated[datetime, Meta(description="When the newest edition was published, which says who may be seen")]
Organization = Annotated[str, Meta(description="Whose accounts they are")]
