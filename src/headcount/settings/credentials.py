"""What an operator gave, and nobody is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

PREFIX = "HEADCOUNT_"
"""With which every environment variable of headcount's own begins."""


class Credentials(Mapping[str, str]):
    """What an operator gave for a platform, by name; never shown."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self._given = dict(given or {})

    def __getitem__(self, name: str) -> str:
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __repr__(self) -> str:
        return f"<{', '.join(self._given) or 'no credentials'}>"


def variable(slug: str, name: str) -> str:
    """The environment variable from which a platform's credential is taken by itself."""
    return f"{PREFIX}{slug}_{name}".upper()
