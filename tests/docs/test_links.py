"""Every page of the documentation is Markdown that means what it shows, its links lead somewhere, and people find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent.parent
START = ROOT / "docs/README.md"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
OTHERS = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "benchmarks/README.md")
]

MARKDOWN = MarkdownIt("commonmark").enable("table")


def tokens(text: str) -> Iterator[Token]:
    """All of a page's tokens, those inside of paragraphs and cells as well."""
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


def links(text: str) -> list[str]:
    return [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]


def anchors(text: str) -> set[str]:
    """The names by which the headings of a page can be linked to, as GitHub makes them."""
    parsed = MARKDOWN.parse(text)
    titles = (after.content for token, after in pairwise(parsed) if token.type == "heading_open")
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def local(page: Path, text: str) -> Iterator[tuple[str, Path, str]]:
    """Links to files of the project: as written, the file, the place in it."""
    for link in links(text):
        if "://" not in link and not link.startswith("mailto:"):
            path, _, place = link.partition("#")
            yield link, (page.parent / path).resolve() if path else page, place


def broken(page: Path, text: str) -> list[str]:
    """The links of a page that lead nowhere."""
    return [
        link
        for link, target, place in local(page, text)
        if not target.exists() or (place and place not in anchors(target.read_text(encoding="utf-8")))
    ]


def reachable(start: Path) -> set[Path]:
    """The pages to which links lead from here, over others too."""
    found, left = {start}, [start]
    while left:
        page = left.pop()
        new = {path for _, path, _ in local(page, page.read_text(encoding="utf-8")) if path.suffix == ".md"} - found
        found |= new
        left += new
    return found


def untidy(text: str) -> list[str]:
    """What does not come out as it was meant: HTML, lines of tables outside of one, rows of another length, code left open."""
    found = [f"HTML: {token.content}" for token in tokens(text) if token.type in {"html_block", "html_inline"}]
    inside = {
        line
        for token in MARKDOWN.parse(text)
        if token.type in {"table_open", "fence"} and token.map
        for line in range(*token.map)
    }
    lines = text.splitlines()
    found += [f"no table: {line}" for number, line in enumerate(lines) if line.startswith("|") and number not in inside]
    found += [f"stray: {token.content}" for token in tokens(text) if token.type == "text" and "`" in token.content]
    return found + uneven(lines)


def uneven(lines: list[str]) -> list[str]:
    """Rows with more or fewer cells than the row above: Markdown would cut them off, or fill them up."""
    cells = [len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0 for line in lines]
    return [f"uneven: {lines[i]}" for i in range(1, len(lines)) if cells[i] and cells[i - 1] not in (0, cells[i])]


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_of_the_project_leads_somewhere(page: Path) -> None:
    assert broken(page, page.read_text(encoding="utf-8")) == []


def test_every_page_is_reached_from_the_map() -> None:
    assert set(PAGES) <= reachable(START)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_page_is_tidy_markdown_with_one_title(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert untidy(text) == []
    assert [token.tag for token in MARKDOWN.parse(text) if token.type == "heading_open"].count("h1") == 1


@pytest.mark.parametrize(
    ("link", "caught"),
    [
        ("[a](../README.md#see-it-work)", False),
        ("[a](#learn-it)", False),
        ("[a](https://example.org/nowhere)", False),
        ("`[a](nowhere.md)`", False),
        ("[a](nowhere.md)", True),
        ("[a](../README.md#nowhere)", True),
        ("| a |\n|---|\n| [a](nowhere.md) |", True),
    ],
)
def test_a_link_that_leads_nowhere_is_caught(link: str, caught: bool) -> None:
    assert bool(broken(START, f"## Learn it\n\n{link}\n")) == caught


def test_a_page_to_which_no_link_leads_is_caught(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("[one](one.md)")
    (tmp_path / "one.md").write_text("[back](README.md)")
    (tmp_path / "two.md").write_text("[one](one.md)")
    assert reachable(tmp_path / "README.md") == {tmp_path / "README.md", tmp_path / "one.md"}


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("| a | b |\n|---|---|\n| `x` | y \\| z |", False),
        ("```toml\n| a\n```", False),
        ("| a | b |\n\n| c | d |", True),
        ("| a | b |\n|---|---|\n| c |", True),
        ("| a | b |\n|---|---|\n| c | d | e |", True),
        ("a <NAME> b", True),
        ("a `code b", True),
    ],
)
def test_markdown_that_shows_something_else_is_caught(text: str, caught: bool) -> None:
    assert bool(untidy(text)) == caught
