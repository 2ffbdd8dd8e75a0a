"""The reference says what the code declares: no page is stale, missing or left over, and nothing undeclared is written about."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from docs.generate import DOCS, PLATFORMS, faults, pages, write
from docs.parts.declared import Declared, Undeclared, declared, gaps
from docs.parts.index import index
from docs.parts.page import page
from docs.parts.reasons import MEANS
from docs.parts.sources import needs
from docs.parts.words import both, either, pace, price, sentence
from headcount import platforms
from headcount.model import REASONS, Account
from headcount.net.message import Get, Pace, Reply, Request
from headcount.platforms.kit.contract import Exchange, Grant, Options, Platform, Source, unsigned
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.terms import Terms
from headcount.roster.identify import Named


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    return pages()


@pytest.fixture
def folder(tmp_path: Path, wanted: dict[str, str]) -> Path:
    """A copy of the pages, as they should be."""
    write(tmp_path, wanted)
    return tmp_path


# ------------------------------------------------------------------------------------------------------ what is written


def test_no_page_is_stale_missing_or_left_over(wanted: dict[str, str]) -> None:
    assert list(faults(DOCS, wanted)) == [], "make docs writes them anew"


def test_there_is_a_page_for_every_platform_and_one_that_lists_them(wanted: dict[str, str]) -> None:
    own = {f"{PLATFORMS}/{slug}.md" for slug in (*platforms.slugs(), "README")}
    assert own | {"reference/reasons.md", "reference/published.md"} == wanted.keys()


def test_pages_that_were_just_written_are_in_order(folder: Path, wanted: dict[str, str]) -> None:
    assert list(faults(folder, wanted)) == []


def test_a_page_that_says_something_else_is_caught(folder: Path, wanted: dict[str, str]) -> None:
    stale = folder / PLATFORMS / "twitter.md"
    stale.write_text(stale.read_text().replace("300 in 15 minutes", "900 in 15 minutes"))
    assert list(faults(folder, wanted)) == [f"{PLATFORMS}/twitter.md is stale"]


def test_a_page_that_is_not_there_is_caught(folder: Path, wanted: dict[str, str]) -> None:
    (folder / "reference/reasons.md").unlink()
    assert list(faults(folder, wanted)) == ["reference/reasons.md is missing"]


def test_a_page_of_a_platform_that_is_gone_is_caught_and_then_removed(folder: Path, wanted: dict[str, str]) -> None:
    (folder / PLATFORMS / "chirp.md").write_text("# Chirp\n")
    assert list(faults(folder, wanted)) == [f"{PLATFORMS}/chirp.md is left over"]
    write(folder, wanted)
    assert list(faults(folder, wanted)) == []


def test_pages_are_the_same_however_often_they_are_made(wanted: dict[str, str]) -> None:
    assert pages() == wanted


def test_every_reason_is_explained_and_no_other() -> None:
    assert set(MEANS) == REASONS


# ---------------------------------------------------------------------------------------------------- what a page says


def ask(accounts: Sequence[Account], options: Options) -> Exchange:
    yield Get("{api}/birds")


def grant() -> Generator[Request, Reply, str]:
    yield Get("{api}/token")
    return "granted"


CHIRP = Declared(
    Platform(
        slug="chirp",
        name="Chirp",
        hosts={"api": "https://api.chirp.example"},
        sources=(
            Source("api", ask, "exact", 40, "bird", ("token",), Pace(40, 120), micros=2_500, misses=("suspended",)),
            Source("api", ask, "exact", 1, None, ("token",), Pace(40, 120), micros=2_500, misses=("private",)),
            Source("page", ask, "as shown: 1.2K", official=False, opt_in=True, control="robin", misses=("blocked",)),
        ),
        credentials=(
            Credential("token", "a token from chirp.example | apps"),
            Credential("own", "your name", secret=False),
        ),
        options={"version": "v2"},
        handles=Handles(
            ("(?P<handle>[a-z]+)",), link="https://chirp.example/{handle}", forms=("robin",), reserved="home"
        ),
        terms=Terms("https://chirp.example/terms", "1 May 2026", "for a year", "not said"),
    ),
    "Chirp: followers.\n\n- api: batches. https://chirp.example/docs.\n- other: nothing.",
)


@pytest.fixture
def chirp(monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of a platform that declares all that a platform can; it is not among the real ones, by which forms are read."""
    monkeypatch.setattr("docs.parts.accounts.identify", lambda form, slug: Named(slug, form))
    return page(CHIRP, [CHIRP])


@pytest.mark.parametrize(
    "said",
    [
        "What is counted: followers.",
        "- `api`: batches. <https://chirp.example/docs>.",
        "Asked in this order, as far as they have what they need, until an account has a count: `api`, `page`.",
        "Precision: exact. Price: $0.0025 for each account and UTC day.",
        "| accounts whose id (`bird`) is known | 40 | 40 in 2 minutes | `token` |",
        "| any account | 1 | 40 in 2 minutes | `token` |",
        "It is asked only where `[platforms.chirp] sources` names it.",
        'It is never asked where `[collect] sources = "official"`.',
        "`robin`, which certainly exists",
        "| `suspended` | `api` |",
        "| `private` | `api` |",
        "| `blocked` | `page` |",
        "| `shape_changed` | any |",
        r"| `token` | `HEADCOUNT_CHIRP_TOKEN` | a token from chirp.example \| apps |",
        'token = { file = "token.txt" }\nown = "..."',
        "| `version` | `v2` |",
        '[platforms.chirp.hosts]\napi = "https://api.chirp.example"',
        "| `robin` | `robin` |",
        "never are one: `home`.",
        "From [the terms](https://chirp.example/terms), 1 May 2026. This is no legal advice, and it is as old as that",
        "- **Storing counts**: For a year.",
        "- **Use by governments**: Not said.",
    ],
)
def test_a_page_says_all_that_is_declared(chirp: str, said: str) -> None:
    assert said in chirp


def test_a_reason_that_no_source_can_say_is_not_on_the_page(chirp: str) -> None:
    assert "`payment_required`" not in chirp


def test_a_source_that_is_granted_a_credential_needs_what_it_is_granted_for() -> None:
    granting = Grant(("app", "secret"), "token", grant, unsigned)
    granted = structs.replace(CHIRP.platform.sources[0], needs=("own", "token"), grant=granting)
    given = tuple(Credential(name, "") for name in ("own", "app", "secret"))
    platform = structs.replace(CHIRP.platform, credentials=given)
    assert needs(Declared(platform, ""), granted) == "`own`, `app` and `secret`"
    platform = structs.replace(platform, credentials=(*given, Credential("token", "")))
    assert needs(Declared(platform, ""), granted) == "`own` and `token`, or `own`, `app` and `secret`"


def test_sources_of_one_pool_say_with_whom_they_share_it() -> None:
    everyone = declared()
    facebook = next(each for each in everyone if each.platform.slug == "facebook")
    assert "It shares its pace with `api` of Instagram, by the same credential." in page(facebook, everyone)


def test_the_list_has_a_line_for_every_source_and_names_what_has_none() -> None:
    closed = structs.replace(CHIRP.platform, slug="old", name="Old", sources=(), retired=date(2019, 4, 2))
    by_hand = structs.replace(CHIRP.platform, slug="hand", name="Hand", sources=(), no_source="counted by hand")
    listed = index([CHIRP, Declared(closed, "Old."), Declared(by_hand, "Hand.")])
    assert (
        "| [Chirp](chirp.md) | `api` | official API | exact | 40 or 1 | 40 in 2 minutes | `token` | $0.0025 |" in listed
    )
    assert "| [Chirp](chirp.md) | `page` | public page, only if asked for |" in listed
    assert "- [Old](old.md): since 2 April 2019" in listed
    assert "- [Hand](hand.md): counted by hand" in listed


# --------------------------------------------------------------------------------------------------- what is undeclared


def test_every_platform_declares_what_its_page_must_say() -> None:
    assert len(declared()) == len(platforms.slugs())


def lacking(**changes: object) -> Declared:
    return Declared(structs.replace(CHIRP.platform, **changes), CHIRP.about)


def way(**changes: object) -> tuple[Source, ...]:
    first, *others = CHIRP.platform.sources
    return (structs.replace(first, **changes), *others)


@pytest.mark.parametrize(
    ("bad", "gap"),
    [
        (Declared(CHIRP.platform, ""), "its module has no docstring"),
        (lacking(handles=Handles((), link="https://chirp.example/{handle}")), "no example of a handle (Handles.forms)"),
        (lacking(handles=Handles((), forms=("robin",))), "no link to an account (Handles.link)"),
        (lacking(terms=None), "nothing of its terms (Platform.terms)"),
        (lacking(sources=way(about="")[:1]), "nothing of how exact api is (Source.about)"),
        (lacking(sources=way(misses=())), "nothing of what api can say instead of a count (Source.misses)"),
        (lacking(sources=way(micros=0)), "the ways of api differ in Source.micros, of which its page speaks once"),
    ],
)
def test_what_is_not_declared_is_told(bad: Declared, gap: str) -> None:
    assert list(gaps(bad)) == [gap]


def test_what_is_declared_in_full_has_no_gap() -> None:
    assert list(gaps(CHIRP)) == []


def test_nothing_is_written_while_something_is_undeclared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms, "platform", lambda slug: structs.replace(CHIRP.platform, slug=slug, terms=None))
    monkeypatch.setattr(platforms, "slugs", lambda: ("twitter", "youtube"))
    with pytest.raises(Undeclared) as caught:
        pages()
    assert str(caught.value).splitlines() == [
        "twitter: nothing of its terms (Platform.terms)",
        "youtube: nothing of its terms (Platform.terms)",
    ]


# ------------------------------------------------------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (Pace(60), "60 a minute"),
        (Pace(2, 1), "2 a second"),
        (Pace(200, 3_600), "200 an hour"),
        (Pace(1, 86_400), "1 a day"),
        (Pace(10_000, 86_400), "10,000 a day"),
        (Pace(300, 900), "300 in 15 minutes"),
        (Pace(5, 7_200), "5 in 2 hours"),
        (Pace(0.5, 90), "0.5 in 90 seconds"),
    ],
)
def test_a_pace_is_said_in_words(of: Pace, words: str) -> None:
    assert pace(of) == words


@pytest.mark.parametrize(
    ("micros", "words"), [(0, "free"), (10_000, "$0.01"), (1_250_000, "$1.25"), (2_500, "$0.0025"), (1, "$0.000001")]
)
def test_a_price_is_said_in_dollars(micros: int, words: str) -> None:
    assert price(micros) == words


def test_lists_are_said_as_people_say_them() -> None:
    assert [both(["a"]), both(["a", "b"]), both(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert either(["a", "b", "a"]) == "a or b"
    assert sentence("not said") == sentence("not said.") == "Not said."
