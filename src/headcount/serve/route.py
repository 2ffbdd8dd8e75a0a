"""A route of the API, as data: what can be asked, what is answered, and how long that holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, Self

from msgspec import Meta, Struct, structs

from headcount.serve.asking import Grounds


class Nothing(Struct, frozen=True):
    """A question without parameters."""


class OfAccount(Struct, frozen=True):
    """A question about an account."""

    platform: Annotated[
        str, Meta(description="The platform's short name", pattern=r"^[a-z0-9-]+$", max_length=40, examples=["twitter"])
    ]
    name: Annotated[
        str,
        Meta(
            description="The rest of the account's key, or its handle, URL-encoded",
            pattern=r"^[A-Za-z0-9._@-]+$",
            max_length=200,
            examples=["energy"],
        ),
    ]

    @property
    def key(self) -> str:
        """The account's key."""
        return f"{self.platform}/{self.name}"

    def about(self, key: str) -> Self:
        """The same question, by the account's key."""
        platform, _, name = key.partition("/")
        return structs.replace(self, platform=platform, name=name)


AskedMetric = Annotated[
    str, Meta(description="What was counted", pattern=r"^[a-z0-9_]+$", max_length=40, examples=["followers"])
]


class Table(Struct, frozen=True):
    """An answer as CSV."""

    content: bytes


class Route(Struct, frozen=True):
    """A route of the API."""

    path: str
    """Below `/v1`; `{platform}` and `{name}` are parts of the question."""
    title: str
    description: str
    question: type[Struct]
    answer: type[Struct]
    make: Callable[[Grounds, Any], Struct]
    """Makes the answer, or a `Table`."""
    holds: Literal["for a minute", "until the store changes"]
    example: Any
    has_csv: bool = False

    @property
    def statuses(self) -> tuple[int, ...]:
        """Of the problems that it may answer with."""
        missing = (404,) if "{" in self.path else ()
        return (400, *missing, 414, 500, 503)
