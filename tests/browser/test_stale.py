"""A published page in a real browser, whose clock is moved: it says by itself that it is stale, and reads well without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from headcount.pages.render import page as render
from headcount.publish.outputs.status_rows import AccountRow, JobRow, PlatformRow
from tests.browser.conftest import origin

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Scheme = Literal["light", "dark"]
LONG = "an.account.whose.name.is.longer.than.anything.that.fits.on.a.telephone@a.server.somewhere.example"
PAYLOAD = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"

CONTRASTS = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parts(colour).slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if ((parts(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("body *")].filter(element =>
    !["SCRIPT", "STYLE"].includes(element.tagName) && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  return texts.map(element => {
    const [a, b] = [light(getComputedStyle(element).color), light(paper(element))].sort((x, y) => y - x);
    return [element.textContent.trim().slice(0, 40), (a + 0.05) / (b + 0.05)];
  });
}"""


def status(name: str = "lab on X") -> str:
    return render(
        "status.html",
        title="How the counting is",
        organization="Department of Things",
        timezone="America/New_York",
        published_at=NOON,
        stale_after=NOON + 2 * HOUR,
        headline="1 of 3 accounts is counted as it should be.",
        now=[],
        platforms=[PlatformRow("X (formerly Twitter)", 1, 3, "ok", "good", NOON)],
        accounts=[
            AccountRow(name, "failing", "bad", "is not found", NOON),
            AccountRow(LONG, "awaiting review", "warn", "has a count that awaits review", NOON),
        ],
        without=[],
        jobs=[JobRow("hourly", "ok", "good", NOON, NOON + 2 * HOUR)],
        week=[],
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for the status page, as it is and with a payload in it."""
    folder: Path = tmp_path_factory.mktemp("site")
    (folder / "status.html").write_text(status(), encoding="utf-8")
    (folder / "spoilt.html").write_text(status(PAYLOAD), encoding="utf-8")
    # The control: what is put into a page as it is must not run even so.
    raw = status().replace("lab on X", PAYLOAD)
    (folder / "raw.html").write_text(raw, encoding="utf-8")
    (folder / "unguarded.html").write_text(raw.replace("Content-Security-Policy", "X-Nothing"), encoding="utf-8")
    with origin(folder) as url:
        yield url


def opened(
    browser: Browser, url: str, at: datetime = NOON, *, scheme: Scheme = "light", wide: int = 1280
) -> Iterator[Page]:
    viewport: ViewportSize = {"width": wide, "height": 640}
    with browser.new_context(timezone_id="Asia/Tokyo", color_scheme=scheme, viewport=viewport) as here:
        page = here.new_page()
        page.clock.install(time=at)
        page.goto(url)
        yield page


def said(browser: Browser, site: str, at: datetime) -> tuple[str, str]:
    """What the page says of its age, and its warning."""
    (found,) = [
        (page.locator(".stamp").inner_text(), page.locator("[role=status]").inner_text())
        for page in opened(browser, f"{site}/status.html", at)
    ]
    return found


@pytest.mark.parametrize(
    ("minutes", "age", "warning"),
    [
        (0, "Last updated just now, on 20 November 2026", ""),
        (5, "Last updated 5 minutes ago, on", ""),
        (60, "Last updated 1 hour ago, on", ""),
        (119, "Last updated 1 hour ago, on", ""),
        (125, "Last updated 2 hours ago, on", "stale since 20 November 2026, 09:00 EST, 5 minutes ago"),
        (7 * 60, "Last updated 7 hours ago, on", "stale since 20 November 2026, 09:00 EST, 5 hours ago"),
        (60 * 24 * 400, "Last updated 400 days ago, on", "stale since 20 November 2026, 09:00 EST, 399 days ago"),
        (-600, "Last updated on 20 November 2026, 07:00 EST", ""),
    ],
)
def test_a_page_says_how_old_it_is_by_the_viewers_clock(
    browser: Browser, site: str, minutes: int, age: str, warning: str
) -> None:
    stamp, notice = said(browser, site, NOON + timedelta(minutes=minutes))
    assert age in stamp
    assert (warning in notice) if warning else notice == ""


def test_a_page_that_stays_open_says_when_it_becomes_stale(browser: Browser, site: str) -> None:
    for page in opened(browser, f"{site}/status.html", NOON + HOUR):
        assert page.locator("[role=status]").inner_text() == ""
        page.clock.run_for("01:01:00")
        assert "These figures are stale since" in page.locator("[role=status]").inner_text()
        assert page.locator("[role=status]").bounding_box()


def test_without_scripts_a_page_says_when_it_was_made_and_when_the_next_is_due(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as here:
        page = here.new_page()
        page.goto(f"{site}/status.html")
        assert page.locator(".stamp").inner_text() == (
            "Last updated on 20 November 2026, 07:00 EST. The next update is due by 20 November 2026, 09:00 EST."
        )
        assert "1 of 3 accounts" in page.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hours", [1, 5])
def test_every_text_stands_out_from_its_background(browser: Browser, site: str, scheme: Scheme, hours: int) -> None:
    for page in opened(browser, f"{site}/status.html", NOON + hours * HOUR, scheme=scheme):
        found = page.evaluate(CONTRASTS)
        assert len(found) > 20
        assert [(text, ratio) for text, ratio in found if ratio < 4.5] == []


def test_a_text_that_is_too_faint_is_found(browser: Browser, site: str) -> None:
    for page in opened(browser, f"{site}/status.html"):
        page.evaluate("() => { document.querySelector('h1').style.color = 'rgb(170, 170, 170)'; }")
        assert min(ratio for _, ratio in page.evaluate(CONTRASTS)) < 4.5


def test_a_page_fits_on_a_telephone(browser: Browser, site: str) -> None:
    for page in opened(browser, f"{site}/status.html", NOON, wide=320):
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.getAttribute('role')") == "region"


def test_landmarks_headings_and_tables_are_there_for_those_who_listen(browser: Browser, site: str) -> None:
    for page in opened(browser, f"{site}/status.html"):
        for role in ("banner", "main", "contentinfo", "status"):
            assert page.get_by_role(role).count() == 1, role
        assert page.get_by_role("heading", level=1).inner_text() == "How the counting is"
        assert page.get_by_role("columnheader", name="Why").count() == 1
        assert page.get_by_role("rowheader", name="lab on X").count() == 1
        assert page.get_by_role("table", name="Each with the reason").count() == 1


@pytest.mark.parametrize("name", ["spoilt", "raw"])
def test_what_somebody_is_called_never_runs(browser: Browser, site: str, name: str) -> None:
    for page in opened(browser, f"{site}/{name}.html", NOON + 5 * HOUR):
        assert page.title() == "How the counting is - Department of Things"
        assert "stale since" in page.locator("[role=status]").inner_text(), "the page's own script runs all the same"


def test_without_the_policy_what_is_put_into_a_page_would_run(browser: Browser, site: str) -> None:
    for page in opened(browser, f"{site}/unguarded.html"):
        assert page.title() == "run"


def test_a_page_asks_for_nothing_else(browser: Browser, site: str) -> None:
    with browser.new_context() as here:
        page = here.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{site}/status.html")
        assert [url for url in asked if not url.endswith("favicon.ico")] == [f"{site}/status.html"]
