"""The report of a week in a real browser: small and large, light and dark, with and without JavaScript."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from headcount.publish.outputs.digest import scope
from headcount.reports.gather import gather
from headcount.reports.page import as_page
from headcount.store.open import open_store
from tests.publish.newsroom import Newsroom
from tests.reports.conftest import filled, week

__all__ = ["filled"]

CONTRASTS = """() => {
    const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const parse = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const paper = element => {
        for (let each = element; each; each = each.parentElement) {
            const colour = parse(getComputedStyle(each).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const told = [...document.body.querySelectorAll("*")].filter(each =>
        [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) && each.getClientRects().length
        && !["SCRIPT", "STYLE", "title", "desc"].includes(each.tagName));
    return told.map(each => {
        const [one, two] = [light(parse(getComputedStyle(each).color)), light(paper(each))].sort((a, b) => b - a);
        return [(one + 0.05) / (two + 0.05), each.tagName + ": " + each.textContent.trim().slice(0, 40)];
    });
}"""


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    folder = tmp_path_factory.mktemp("page")
    shutil.copy(filled, folder)
    store = open_store(f"sqlite:///{folder / 'headcount.db'}", folder)
    edition = Newsroom(store, folder / "press").edition()
    page = folder / "digest.html"
    page.write_text(as_page(gather(store, scope(edition), week(), edition.at)), encoding="utf-8")
    store.close()
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_has_to_be_scrolled_sideways(browser: Browser, page_file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_told_from_its_paper(browser: Browser, page_file: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type] # one of the two
    page.goto(page_file.as_uri())
    found = page.evaluate(CONTRASTS)
    assert len(found) > 50
    assert [what for contrast, what in found if contrast < 4.5] == []
    page.evaluate("document.querySelector('h2').style.color = getComputedStyle(document.body).backgroundColor")
    assert [what for contrast, what in page.evaluate(CONTRASTS) if contrast < 4.5]
    page.close()


def test_the_browser_has_nothing_to_complain_of(browser: Browser, page_file: Path) -> None:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page_file.as_uri())
    assert said == []
    page.close()


def test_without_javascript_everything_is_there(browser: Browser, page_file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("contentinfo").count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == "The week of 9 to 15 November 2026"
    assert page.get_by_role("img").count() >= 2
    assert page.get_by_text("\N{WARNING SIGN} 0 followers").count() == 1
    context.close()
