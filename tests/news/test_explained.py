"""The page that explains what is told names every kind."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from headcount.news.story import Kind

PAGE = Path(__file__).parent.parent.parent / "docs" / "explanation" / "noticing.md"


def unexplained(page: str) -> list[str]:
    return [kind for kind in get_args(Kind) if f"`{kind}`" not in page]


def test_every_kind_is_explained() -> None:
    assert unexplained(PAGE.read_text(encoding="utf-8")) == []


def test_a_kind_that_is_not_explained_is_caught() -> None:
    assert unexplained(PAGE.read_text(encoding="utf-8").replace("`clock`", "")) == ["clock"]
