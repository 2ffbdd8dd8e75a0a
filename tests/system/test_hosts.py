"""`headcount doctor --hosts`: every host, its port, what for, and whether the present configuration has it asked at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from headcount.cli.examining.hosts import every_host, uses
from headcount.cli.examining.need import Need
from headcount.net.message import Request
from headcount.platforms import platform, slugs
from headcount.platforms.kit.contract import Source
from headcount.settings import load
from tests.platforms.replaying import account, rehearse, way
from tests.platforms.tables import table
from tests.system.shell import headcount

ROSTER = "unit,platform,account\nParks,twitter,@parks\nParks,linkedin,parks\nParks,twitch,parks\nParks,mastodon,parks@Social.example\n"
ORGANIZATION = '[organization]\nname = "Parks"\nroster = "roster.csv"\n'


def needs(
    folder: Path, config: str = "", roster: str = ROSTER, environment: Mapping[str, str] | None = None
) -> list[Need]:
    """What an installation of these files asks."""
    (folder / "roster.csv").write_text(roster)
    (folder / "headcount.toml").write_text(ORGANIZATION + config)
    return list(every_host(load(folder / "headcount.toml", environment or {})))


def of(found: Sequence[Need], host: str) -> Need:
    """The only one of that host."""
    (need,) = [need for need in found if need.host == host]
    return need


def named(found: Sequence[Need], *kinds: str) -> list[tuple[str, int]]:
    return [(need.host, need.port) for need in found if need.kind in kinds]


# ---------------------------------------------------------------------------------------------------------- the command


def test_without_a_configuration_every_platform_s_hosts_are_listed(tmp_path: Path) -> None:
    lines = [line.split("\t") for line in headcount(tmp_path, "doctor", "--hosts").out.splitlines()]
    api, page = "X (formerly Twitter): official API, for api", "X (formerly Twitter): public pages, for page"
    assert ["api.x.com", "443", api, "not asked: no credential"] in lines
    assert ["syndication.twitter.com", "443", page, "asked"] in lines
    assert {line[2].partition(":")[0] for line in lines} == {
        platform(slug).name for slug in slugs() if platform(slug).hosts
    }


def test_the_same_is_one_json_document_where_it_is_asked_for(tmp_path: Path) -> None:
    found = json.loads(headcount(tmp_path, "doctor", "--hosts", "--json").out)
    (x,) = [each for each in found if each["host"] == "api.x.com"]
    assert x == {
        "host": "api.x.com",
        "port": 443,
        "kind": "official API",
        "purpose": "X (formerly Twitter): official API, for api",
        "platform": "twitter",
        "sources": ["api"],
        "asked": False,
        "why": "no credential",
        "through": "",
    }


def test_a_roster_that_is_not_there_is_told_and_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "headcount.toml").write_text(ORGANIZATION)
    ran = headcount(tmp_path, "doctor", "--hosts")
    assert (ran.status, ran.out) == (2, "")
    assert "roster.csv: the roster cannot be read" in ran.err


def test_a_roster_with_a_fault_is_good_enough_for_the_firewall(tmp_path: Path) -> None:
    assert of(needs(tmp_path, roster=f"{ROSTER}Parks,twiter,a\n"), "syndication.twitter.com").asked


# --------------------------------------------------------------------------------------------- whether a host is asked


@pytest.mark.parametrize(
    ("config", "host", "why"),
    [
        ("", "syndication.twitter.com", ""),
        ("", "api.x.com", "no credential"),
        ("", "www.linkedin.com", "only where [platforms.linkedin] sources names it"),
        ("", "www.youtube.com", "no account in the roster"),
        ("", "graph.instagram.com", "no account in the roster"),
        ('[platforms.linkedin]\nsources = ["page"]\n', "www.linkedin.com", ""),
        ('[platforms.linkedin]\nsources = ["page"]\n', "api.linkedin.com", "[platforms.linkedin] sources leaves it out"),
        ('[platforms.twitter]\nsources = ["api"]\n', "syndication.twitter.com", "[platforms.twitter] sources leaves it out"),
        ('[collect]\nsources = "official"\n', "syndication.twitter.com", '[collect] sources = "official"'),
        ('[collect]\nsources = "official"\n', "www.linkedin.com", '[collect] sources = "official"'),
        ('[platforms.linkedin]\nsources = ["page"]\n[collect]\nsources = "official"\n', "www.linkedin.com",
         '[collect] sources = "official"'),
        ("", "id.twitch.tv", "no credential"),
    ],
)  # fmt: skip
def test_a_host_is_asked_or_it_is_said_why_not(tmp_path: Path, config: str, host: str, why: str) -> None:
    need = of(needs(tmp_path, config), host)
    assert (need.asked, need.why) == (not why, why)


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({"HEADCOUNT_TWITTER_BEARER_TOKEN": "t"}, ["api.x.com"]),
        ({"HEADCOUNT_TWITTER_API_KEY": "k"}, []),
        ({"HEADCOUNT_TWITTER_API_KEY": "k", "HEADCOUNT_TWITTER_API_SECRET": "s"}, ["api.x.com"]),
        ({"HEADCOUNT_TWITCH_CLIENT_ID": "i", "HEADCOUNT_TWITCH_CLIENT_SECRET": "s"}, ["id.twitch.tv", "api.twitch.tv"]),
        ({"HEADCOUNT_LINKEDIN_TOKEN": "t"}, ["api.linkedin.com"]),
    ],
)  # fmt: skip
def test_a_credential_opens_what_needs_it(tmp_path: Path, environment: Mapping[str, str], asked: list[str]) -> None:
    found = needs(tmp_path, environment=environment)
    keyed = {"api.x.com", "id.twitch.tv", "api.twitch.tv", "api.linkedin.com"}
    assert {need.host for need in found if need.asked} & keyed == set(asked)


def test_an_account_that_is_not_to_be_collected_opens_nothing(tmp_path: Path) -> None:
    found = needs(tmp_path, roster="unit,platform,account,collect\nParks,twitter,parks,no\nParks,youtube,@parks,yes\n")
    assert of(found, "syndication.twitter.com").why == "no account in the roster"


def test_a_host_that_was_put_elsewhere_is_listed_where_it_is(tmp_path: Path) -> None:
    found = needs(tmp_path, '[platforms.twitter.hosts]\npage = "http://mirror.example:8080/x"\n')
    assert (of(found, "mirror.example").port, of(found, "mirror.example").kind) == (8080, "public pages")
    assert "syndication.twitter.com" not in {need.host for need in found}


def test_the_servers_of_a_federated_platform_are_those_of_the_roster(tmp_path: Path) -> None:
    assert of(needs(tmp_path), "social.example") == Need(
        "social.example", 443, "official API", "Mastodon: official API, for api", "mastodon", ("api",)
    )
    by_url = ROSTER.replace("parks@Social.example", "https://social.example/@parks")
    assert of(needs(tmp_path, roster=by_url), "social.example").asked
    found = needs(tmp_path, '[platforms.mastodon.hosts]\n"social.example" = "http://127.0.0.1:9000/m"\n')
    assert named([need for need in found if need.platform == "mastodon"], "official API") == [("127.0.0.1", 9000)]


def test_platforms_are_asked_through_the_proxy_unless_it_is_bypassed(tmp_path: Path) -> None:
    found = needs(tmp_path, '[http]\nproxy = "http://user:word@proxy.example:3128"\nno_proxy = ["x.com"]\n')
    assert of(found, "syndication.twitter.com").through == "proxy.example:3128"
    assert str(of(found, "syndication.twitter.com")).endswith("\tasked through proxy.example:3128")
    assert of(found, "api.x.com").through == ""
    assert named(found, "proxy") == [("proxy.example", 3128)]


# ------------------------------------------------------------------------------------------ that declarations are true


def requests(slug: str) -> Iterator[tuple[Source, Request]]:
    """What the sources of a platform ask for when they are fed the good replies of its table."""
    told = table(slug)
    for row in told.rows:
        if row.kind == "good":
            source, options = way(slug, row.source, row.ids), {**platform(slug).options, **told.options, **row.options}
            whom = account(slug, row.handle or told.handle, **row.ids)
            yield from (
                (source, request) for request in rehearse(source, [whom], *row.replies, options=options).requests
            )


def strays(slug: str, declared: Mapping[str, str]) -> set[str]:
    """Requests to hosts that are not declared, or not for that source."""
    places = [(source, request.url[1 : request.url.index("}")]) for source, request in requests(slug)]
    known = {name for _, name in places if name in declared or (platform(slug).federated and "." in name)}
    return {f"{source.name} asks {name}" for source, name in places if name not in known or not uses(name, source)}


@pytest.mark.parametrize("slug", [slug for slug in slugs() if platform(slug).sources])
def test_a_source_asks_the_hosts_that_it_is_said_to_need(slug: str) -> None:
    assert list(requests(slug))
    assert strays(slug, platform(slug).hosts) == set()


def test_a_source_that_asks_another_host_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    assert strays("youtube", {"page": "https://www.youtube.com"}) == {"api asks api"}
    monkeypatch.setattr("tests.system.test_hosts.uses", lambda name, source: source.official)
    assert strays("youtube", platform("youtube").hosts) == {"page asks page"}


# --------------------------------------------------------------------------------------------- what the operator names


@pytest.mark.parametrize(
    ("config", "kind", "expected"),
    [
        ("", "store", []),
        ('[store]\nurl = "postgresql://me:word@db.example/counts"\n', "store", [("db.example", 5432)]),
        ('[store]\nurl = "postgresql+psycopg://me@db.example:6432/counts"\n', "store", [("db.example", 6432)]),
        ('[store]\nurl = "postgresql:///counts?host=/run/postgresql"\n', "store", []),
        ('[store]\nurl = "postgresql:///counts?host=one.example,two.example:6432"\n', "store",
         [("one.example", 5432), ("two.example", 6432)]),
        ('[publish.web]\nto = "public"\n', "target", []),
        ('[publish.web]\nto = "s3://bucket/path"\n', "target", [("*.amazonaws.com", 443)]),
        ('[publish.web]\nto = "s3://bucket"\n[publish.web.options]\naws_endpoint = "https://minio.example:9000"\n', "target",
         [("minio.example", 9000)]),
        ('[publish.web]\nto = "gs://bucket"\n', "target", [("*.googleapis.com", 443)]),
        ('[publish.web]\nto = "https://store.example/bucket"\n', "target", [("store.example", 443)]),
        ('[watch]\nheartbeat = "https://hc.example/ping/word"\n', "heartbeat", [("hc.example", 443)]),
        ('[watch]\nnotify = ["mailtos://me:word@mail.example"]\n', "notify", [("mail.example", 587)]),
        ('[watch]\nnotify = ["mailto://me:word@example.org?smtp=mail.example"]\n', "notify", [("mail.example", 25)]),
        ('[watch]\nnotify = ["jsons://hook.example/a", "json://hook.example:81"]\n', "notify",
         [("hook.example", 443), ("hook.example", 81)]),
        ('[watch]\nnotify = ["slack://word/word/word"]\n', "notify", [("hooks.slack.com", 443), ("slack.com", 443)]),
        ('[watch]\nnotify = ["pover://word@word"]\n', "notify", [("*", 443)]),
        ('[watch]\nnotify = ["mailto://me:word@mail.example:port", "json://[", "mailto://"]\n', "notify", [("*", 443)] * 3),
    ],
)  # fmt: skip
def test_what_the_operator_names_is_listed(
    tmp_path: Path, config: str, kind: str, expected: list[tuple[str, int]]
) -> None:
    assert named(needs(tmp_path, config), kind) == expected


SECRETS = """
[http]
proxy = "http://user:hush@proxy.example:3128"
[store]
url = "postgresql://me:hush@db.example/counts?password=hush"
[publish.web]
to = "s3://bucket"
[publish.web.options]
endpoint = "https://me:hush@minio.example/hush"
[watch]
heartbeat = "https://hc.example/ping/hush"
notify = ["slack://hush/hush/hush", "pover://hush@hush", "mailto://me:hush@mail.example", "tgram://hush/hush", "ntfy://hush"]
"""


def test_no_secret_is_listed(tmp_path: Path) -> None:
    found = needs(tmp_path, SECRETS)
    assert len([need for need in found if not need.platform]) == 10
    assert "hush" not in "\n".join(map(str, found))
    assert "hush" not in repr(found)
