"""The published files behind nginx and Apache as shipped: who may read them from where, and what else every answer says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest
from msgspec import Struct

from tests.deploy.webservers import DEPLOY, apache, filled, free_port, nginx
from tests.origins import ORIGINS_BAD, ORIGINS_GOOD

GOOD = ORIGINS_GOOD[0]
BASE = "/api/social-media/"
PUBLISHED = {
    "index.html": "<!doctype html><title>Counts</title>",
    "social_data.csv": "date,DOEtwitter\r\n11/22/26 17:00,1648\r\n" * 500,
    "accounts.json": '{"accounts": []}',
    "parquet/readings/2026-11.parquet": "PAR1",
    "gen/7-ab12/datapackage.json": "{}",
    ".social_data.csv.aside": "half a fi",
    "gen/.new/x.csv": "half a fi",
}
PREFLIGHTS = [(method, headers) for method in ("GET", "HEAD", "PUT") for headers in ("", "if-none-match, x-anything")]


class Answer(Struct, frozen=True):
    """What a server said."""

    status: int
    headers: Message
    body: bytes

    def all(self, name: str) -> str:
        return ", ".join(self.headers.get_all(name, []))


class Site(Struct, frozen=True):
    """A server that runs."""

    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=15)) as connection:
            named = {name.replace("_", "-"): value.encode() for name, value in headers.items()}
            connection.request(method, path if path.startswith("/") else BASE + path, headers=named)
            said = connection.getresponse()
            return Answer(said.status, said.headers, said.read())


class Shipped(Struct, frozen=True):
    """A file of deploy/, and how it is filled in."""

    name: str
    run: Callable[[Path, str, int], AbstractContextManager[None]]
    listens: tuple[str, str]
    """What is in the file, and what it becomes, with the port."""
    listed: str
    """The line that lets the first user in; the pattern's place is the origin."""
    naive: tuple[str, str]
    """What lists origins, and what lets everybody in as if they were listed."""


SHIPPED = {
    "nginx": Shipped(
        "nginx.conf",
        nginx,
        ("listen 80;", "listen 127.0.0.1:{port};"),
        r'"~^https://energyapps\.github\.io$" $http_origin;',
        ("Allow-Origin $headcount_origin", "Allow-Origin $http_origin"),
    ),
    "apache": Shipped(
        "apache.conf",
        apache,
        ("*:80", "127.0.0.1:{port}"),
        r'SetEnvIf Origin "^(https://energyapps\.github\.io)$" HEADCOUNT_ORIGIN=$1',
        (r'Origin "^(https://energyapps\.github\.io)$"', 'Origin "(.+)"'),
    ),
}


def listing(shipped: Shipped) -> dict[str, str]:
    """The line of the file, for each good origin."""
    (pattern,) = re.findall(r"https:[\w\\./]+io", shipped.listed)
    return {shipped.listed: "\n".join(shipped.listed.replace(pattern, re.escape(good)) for good in ORIGINS_GOOD)}


def for_everybody(shipped: Shipped) -> dict[str, str]:
    """What the file itself says to write instead where everybody may read."""
    text = (DEPLOY / shipped.name).read_text()
    (instead,) = re.findall(r"everybody; then this is instead:\n *# +(.+)", text)
    if shipped.name == "nginx.conf":
        (block,) = re.findall(r"^map \$http_origin \$headcount_origin \{.*?^\}", text, re.MULTILINE | re.DOTALL)
        return {block: instead}
    return {shipped.listed: instead}


def site(folder: Path, shipped: Shipped, changes: Mapping[str, str]) -> Iterator[Site]:
    """The shipped file with a reader's own values, in a running server."""
    root, port = folder / "public", free_port()
    for name, text in PUBLISHED.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    placed = {"/var/www/headcount": str(root), shipped.listens[0]: shipped.listens[1].format(port=port)}
    with shipped.run(folder, filled((DEPLOY / shipped.name).read_text(), {**changes, **placed}), port):
        yield Site(port)


@pytest.fixture(scope="module", params=list(SHIPPED))
def shipped(request: pytest.FixtureRequest) -> Shipped:
    return SHIPPED[request.param]


@pytest.fixture(scope="module")
def listed(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from site(tmp_path_factory.mktemp("listed"), shipped, listing(shipped))


@pytest.fixture(scope="module")
def open_to_all(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from site(tmp_path_factory.mktemp("open"), shipped, for_everybody(shipped))


@pytest.fixture(scope="module")
def naive(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from site(tmp_path_factory.mktemp("naive"), shipped, dict([shipped.naive]))


# ------------------------------------------------------------------------------------------------------------- origins


def answers(there: Site, origin: str) -> Iterator[Answer]:
    """What pages of an origin are told: files, what is not there, and preflights."""
    for path in ("social_data.csv", "gen/7-ab12/datapackage.json", "none.csv", "gen/", "", ".social_data.csv.aside"):
        yield there.ask(path, Origin=origin)
    yield there.ask("social_data.csv", "HEAD", Origin=origin)
    yield there.ask("social_data.csv", "POST", Origin=origin)
    for method, headers in PREFLIGHTS:
        asked = {"Access_Control_Request_Method": method, "Access_Control_Request_Headers": headers}
        yield there.ask("social_data.csv", "OPTIONS", Origin=origin, **asked)


def let_in(answer: Answer) -> list[str]:
    """Every word by which an answer lets a page of another origin read it."""
    return [name for name in answer.headers if name.lower().startswith("access-control-")]


def hostile_origins_let_in(there: Site) -> list[str]:
    return [origin for origin in ORIGINS_BAD if any(let_in(answer) for answer in answers(there, origin))]


def test_the_list_of_hostile_origins_is_long_and_holds_no_good_one() -> None:
    assert len(set(ORIGINS_BAD)) == len(ORIGINS_BAD) >= 40
    assert not set(ORIGINS_BAD) & set(ORIGINS_GOOD)


def test_no_hostile_origin_is_let_in(listed: Site) -> None:
    assert hostile_origins_let_in(listed) == []


def test_a_naive_configuration_is_caught(naive: Site) -> None:
    assert len(hostile_origins_let_in(naive)) > 40


@pytest.mark.parametrize("origin", ORIGINS_GOOD)
def test_a_listed_origin_gets_exactly_itself_back_always(listed: Site, origin: str) -> None:
    assert {answer.all("Access-Control-Allow-Origin") for answer in answers(listed, origin)} == {origin}


def test_one_origin_after_another_gets_its_own_answer_on_one_connection(listed: Site) -> None:
    with closing(HTTPConnection("127.0.0.1", listed.port, timeout=15)) as connection:
        for origin in (*ORIGINS_GOOD, "https://evil.example") * 2:
            connection.request("GET", f"{BASE}accounts.json", headers={"Origin": origin})
            said = connection.getresponse()
            said.read()
            assert said.getheader("Access-Control-Allow-Origin") == (origin if origin in ORIGINS_GOOD else None)


@pytest.mark.parametrize("origin", [*ORIGINS_GOOD, "null", "https://evil.example", ""])
def test_every_answer_says_that_it_varies_by_origin_and_none_lets_credentials_in(listed: Site, origin: str) -> None:
    for answer in answers(listed, origin):
        assert "Origin" in re.split(", ?", answer.all("Vary")), answer.status
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_without_an_origin_there_is_no_word_of_cors(listed: Site) -> None:
    answer = listed.ask("accounts.json")
    assert let_in(answer) == []
    assert answer.all("Vary").endswith("Origin")


@pytest.mark.parametrize("origin", [*ORIGINS_GOOD, *ORIGINS_BAD])
def test_where_everybody_may_read_everybody_is_told_so(open_to_all: Site, origin: str) -> None:
    said = [open_to_all.ask("accounts.json", method, Origin=origin) for method in ("GET", "OPTIONS", "POST")]
    assert {answer.all("Access-Control-Allow-Origin") for answer in said} == {"*"}
    assert [answer.all("Access-Control-Allow-Methods") for answer in said] == ["", "GET, HEAD", ""]
    assert not any("Access-Control-Allow-Credentials" in answer.headers for answer in said)


# ------------------------------------------------------------------------------------------------------------- methods


@pytest.mark.parametrize("path", ["social_data.csv", "none.csv", ""])
def test_a_preflight_is_answered_without_a_body(listed: Site, path: str) -> None:
    answer = listed.ask(path, "OPTIONS", Origin=GOOD, Access_Control_Request_Method="GET")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.all("Access-Control-Allow-Methods") == "GET, HEAD"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "MKCOL", "get", "COFFEE"])
def test_other_methods_are_refused(listed: Site, method: str) -> None:
    assert listed.ask("social_data.csv", method, Origin=GOOD).status in ({405, 400} if method == "get" else {405})


# --------------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("path", "content_type", "kept"),
    [
        ("", "text/html; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("social_data.csv", "text/csv; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("accounts.json", "application/json", "public, max-age=60, must-revalidate"),
        ("parquet/readings/2026-11.parquet", "application/vnd.apache.parquet", "public, max-age=60, must-revalidate"),
        ("gen/7-ab12/datapackage.json", "application/json", "public, max-age=31536000, immutable"),
    ],
)
def test_files_say_what_they_are_and_how_long_they_keep(listed: Site, path: str, content_type: str, kept: str) -> None:
    answer = listed.ask(path)
    assert answer.status == 200
    assert answer.body.decode() == PUBLISHED[path or "index.html"]
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Cache-Control"] == kept
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_has_not_changed_is_not_sent_again_and_may_still_be_read(listed: Site) -> None:
    tag = listed.ask("social_data.csv").headers["ETag"]
    answer = listed.ask("social_data.csv", If_None_Match=tag, Origin=GOOD)
    assert (answer.status, answer.body) == (304, b"")
    assert answer.all("Access-Control-Allow-Origin") == GOOD


def test_a_part_of_a_file_can_be_asked_for(listed: Site) -> None:
    answer = listed.ask("parquet/readings/2026-11.parquet", Range="bytes=0-1", Origin=GOOD)
    assert (answer.status, answer.body) == (206, b"PA")


@pytest.mark.parametrize("path", ["none.csv", "gen/none.csv"])
def test_what_is_not_there_is_not_kept_as_missing(listed: Site, path: str) -> None:
    answer = listed.ask(path)
    assert answer.status == 404
    assert "Cache-Control" not in answer.headers


@pytest.mark.parametrize("path", ["gen/", "parquet/", "parquet/readings/"])
def test_no_folder_is_listed(listed: Site, path: str) -> None:
    answer = listed.ask(path)
    assert answer.status in {403, 404}
    assert b"2026-11" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        ".social_data.csv.aside",
        "gen/.new/x.csv",
        "%2esocial_data.csv.aside",
        "gen/%2Enew/x.csv",
        "gen//.new/x.csv",
        "./.social_data.csv.aside",
    ],
)
def test_what_is_still_being_written_is_not_shown(listed: Site, path: str) -> None:
    answer = listed.ask(path, Origin=GOOD)
    assert answer.status == 404
    assert b"half" not in answer.body


@pytest.mark.parametrize(
    "path", ["../shipped.conf", "..%2fshipped.conf", "%2e%2e/shipped.conf", "/api/social-media../shipped.conf"]
)
def test_nothing_beside_the_folder_is_shown(listed: Site, path: str) -> None:
    answer = listed.ask(path)
    assert answer.status in {400, 403, 404}
    assert b"Access-Control" not in answer.body


def test_the_folder_itself_is_found_without_its_last_stroke(listed: Site) -> None:
    answer = listed.ask(BASE.rstrip("/"))
    assert answer.status == 301
    assert answer.headers["Location"].endswith(BASE)
