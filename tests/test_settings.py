"""What may be set, what it comes to, and where a complaint points."""

from __future__ import annotations

import random
import re
from datetime import date, time
from pathlib import Path

import pytest

from headcount.errors import Mistake
from headcount.model import Job
from headcount.net.message import Http, Pace
from headcount.settings import Settings, Table, load
from headcount.settings.shape import Metrics, Quiet, Weekly
from headcount.settings.toml import lines

CANARY = "AIzaCANARYcanary0123456789"
EVERYTHING = """\
[organization]
name = "City of Exampleton"
timezone = "America/New_York"
week_start = "sunday"
roster = "social_handles.csv"
org_chart = "charts/social.json"
licence = "CC0-1.0"

[store]
url = "sqlite:///headcount.db"

[http]
contact = "https://example.gov/social"
proxy = "http://proxy.example.gov:3128"
no_proxy = ["localhost", ".example.gov"]
ca_bundle = "certificates.pem"
timeout = 12.5
max_body = 2048
allow_private_addresses = true

[paths]
state = "state"

[collect]
sources = "official"

[jobs.org_chart]
every = "1d"

[jobs.hourly]
every = "1h"
accounts = ["twitter/exampleton", "unit:3", "platform:X", "group:parks", "x/Mayor_Example", "mastodon/@city@example.social"]

[tables.social_data]
job = "hourly"
time_column = "date"
missing = "previous"
[tables.social_data.columns]
CITYfacebook = "facebook/exampleton#likes"
CITYtwitter = "x/Exampleton"
MAYORyoutube = ""

[platforms.x]
sources = ["page", "api"]
pace = "30/15m"
bearer_token = { env = "X_TOKEN" }
[platforms.x.hosts]
api = "http://127.0.0.1:9000/x/"
[platforms.linkedin]
pace = "1/s"

[publish]
max_age_days = 3
[publish.web]
to = "public"
[publish.bucket]
to = "s3://exampleton/social"
[publish.bucket.options]
region = "us-east-1"
virtual_hosted_style_request = false
secret_access_key = { file = "bucket.key" }

[serve]
base_path = "/api/social-media/"
cors_origins = ["https://apps.example.gov"]

[watch]
notify = ["mailto://user:hush@example.gov", "slack://tokens"]
heartbeat = "https://hc.example/ping/1"
quiet = "22:00-07:00"
most_a_day = 9
digest = "Friday 17:30"
[watch.channels.phone]
url = { env = "PHONE" }
severity = "urgent"
[watch.channels.log]
url = "json://log.example.gov"

[backup]
keep = 30

[evidence]
days = 90
megabytes = 0
"""
ENVIRONMENT = {
    "X_TOKEN": CANARY,
    "HEADCOUNT_TWITTER_API_KEY": "the key",
    "HOME": "/people/someone",
    "PHONE": "pover://hush",
}


def configuration(folder: Path, text: str) -> Path:
    file = folder / "headcount.toml"
    file.write_text(text, encoding="utf-8")
    for name, content in (("certificates.pem", "a certificate"), ("bucket.key", f"{CANARY}\n")):
        (folder / name).write_text(content, encoding="utf-8")
        (folder / name).chmod(0o600)
    return file


def loaded(folder: Path, text: str = "", environment: dict[str, str] | None = None) -> Settings:
    return load(configuration(folder, text), environment or {})


def complaints(folder: Path, text: str, environment: dict[str, str] | None = None) -> list[str]:
    """Every fault as `LINE: words`."""
    with pytest.raises(Mistake) as caught:
        loaded(folder, text, environment)
    assert CANARY not in str(caught.value)
    return [
        str(fault).removeprefix(f"{folder}/headcount.toml").removeprefix(", line ") for fault in caught.value.faults
    ]


@pytest.fixture
def everything(tmp_path: Path) -> Settings:
    return loaded(tmp_path, EVERYTHING, ENVIRONMENT)


def test_an_empty_file_is_enough_and_counts_everyone_daily(tmp_path: Path) -> None:
    settings = loaded(tmp_path)
    assert settings.jobs == {"daily": Job("daily", "1d", ("*",))}
    assert settings.store == f"sqlite:///{tmp_path}/headcount.db"
    assert (settings.state, settings.sources, settings.http) == (tmp_path, "all", Http())
    assert settings.organization.timezone == "UTC"


def test_paths_are_relative_to_the_file_and_the_store_lies_in_the_state_folder(everything: Settings) -> None:
    folder = everything.file.parent
    assert everything.organization.roster == folder / "social_handles.csv"
    assert everything.organization.org_chart == folder / "charts/social.json"
    assert everything.state == folder / "state"
    assert everything.store == f"sqlite:///{folder}/state/headcount.db"
    assert [target.to for target in everything.targets] == [f"{folder}/public", "s3://exampleton/social"]


def test_a_path_may_begin_at_home(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[paths]\nstate = "~/state"', {"HOME": "/people/someone"}).state == Path(
        "/people/someone/state"
    )


def test_jobs_and_tables_know_aliases_and_name_accounts_by_their_keys(everything: Settings) -> None:
    assert everything.jobs == {
        "org_chart": Job("org_chart", "1d", ("*",)),
        "hourly": Job(
            "hourly",
            "1h",
            (
                "twitter/exampleton",
                "unit:3",
                "platform:twitter",
                "group:parks",
                "twitter/mayor_example",
                "mastodon/city@example.social",
            ),
        ),
    }
    columns = {
        "CITYfacebook": ("facebook/exampleton", "likes"),
        "CITYtwitter": ("twitter/exampleton", "followers"),
        "MAYORyoutube": ("", "followers"),
    }
    assert everything.tables == {"social_data": Table("social_data", "hourly", columns, "date", "previous")}


def test_a_platform_has_what_is_set_and_what_the_environment_holds(everything: Settings) -> None:
    twitter = everything.platforms["twitter"]
    assert (twitter.sources, twitter.pace) == (("page", "api"), Pace(30, per=900))
    assert twitter.hosts == {"api": "http://127.0.0.1:9000/x"}
    assert dict(twitter.credentials) == {"bearer_token": CANARY, "api_key": "the key"}
    assert everything.platforms["linkedin"].pace == Pace(1, per=1)


def test_the_rest_is_kept(everything: Settings) -> None:
    assert everything.http == Http(
        contact="https://example.gov/social",
        proxy="http://proxy.example.gov:3128",
        no_proxy=("localhost", ".example.gov"),
        ca_bundle=everything.file.parent / "certificates.pem",
        timeout=12.5,
        max_body=2048,
        allow_private_addresses=True,
    )
    assert (everything.sources, everything.max_age_days, everything.backup.keep) == ("official", 3, 30)
    assert (everything.evidence.days, everything.evidence.megabytes) == (90, 0)
    assert everything.organization.licence == "CC0-1.0"
    assert everything.organization.week_start == "sunday"
    assert dict(everything.targets[1].options) == {
        "region": "us-east-1",
        "virtual_hosted_style_request": "false",
        "secret_access_key": CANARY,
    }
    assert (everything.serve.base_path, everything.serve.cors_origins) == (
        "/api/social-media",
        ("https://apps.example.gov",),
    )
    assert [(each.name, each.url["url"], each.at_least) for each in everything.watch.channels] == [
        ("1", "mailto://user:hush@example.gov", "notice"),
        ("2", "slack://tokens", "notice"),
        ("phone", "pover://hush", "urgent"),
        ("log", "json://log.example.gov", "notice"),
    ]
    assert everything.watch.heartbeat["url"] == "https://hc.example/ping/1"
    assert everything.watch.quiet == Quiet(time(22), time(7))
    assert (everything.watch.most_a_day, everything.watch.digest) == (9, Weekly(4, time(17, 30)))


def test_no_secret_shows_when_settings_are_printed(everything: Settings) -> None:
    shown = repr(everything)
    assert "bearer_token" in shown
    assert not [secret for secret in (CANARY, "the key", "hush", "hc.example") if secret in shown]


def test_the_contract_s_own_example_loads(tmp_path: Path) -> None:
    """Every section of the reference, as it stands there."""
    text = """
[organization]
name = "U.S. Department of Energy"
timezone = "America/New_York"
roster = "social_handles.csv"
org_chart = "social.json"
[store]
url = "sqlite:///headcount.db"
[http]
contact = "https://example.gov/social"
[paths]
[collect]
sources = "all"
[jobs.org_chart]
every = "1d"
accounts = ["*"]
[jobs.hourly]
every = "1h"
accounts = ["twitter/energy", "instagram/energy", "youtube/usdepartmentofenergy", "twitter/secretaryperry"]
[tables.social_data]
job = "hourly"
time_column = "date"
missing = "previous"
[tables.social_data.columns]
DOEfacebook = "facebook/energygov"
DOEtwitter = "twitter/energy"
[publish.web]
to = "/var/www/energy.gov/htdocs/api/social-media"
[publish.bucket]
to = "s3://energy2/social"
[serve]
base_path = "/api/social-media"
cors_origins = ["https://energyapps.github.io"]
[watch]
notify = { env = "HEADCOUNT_NOTIFY" }
heartbeat = "https://hc.example/ping/0"
[backup]
keep = 7
"""
    settings = loaded(tmp_path, text, {"HEADCOUNT_NOTIFY": "mailto://one, slack://two"})
    assert settings.targets[0].to == "/var/www/energy.gov/htdocs/api/social-media"
    assert [each.url["url"] for each in settings.watch.channels] == ["mailto://one", "slack://two"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1/s", Pace(1, per=1)),
        ("60/m", Pace(60, per=60)),
        ("30/15m", Pace(30, per=900)),
        ("200/h", Pace(200, per=3600)),
        ("10000/d", Pace(10_000, per=86_400)),
        ("0.5/s", Pace(0.5, per=1)),
    ],
)
def test_a_pace_is_a_number_of_requests_in_a_time(tmp_path: Path, written: str, meant: Pace) -> None:
    assert loaded(tmp_path, f'[platforms.twitter]\npace = "{written}"').platforms["twitter"].pace == meant


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("sqlite:///headcount.db", "sqlite:///{folder}/state/headcount.db"),
        ("sqlite:///deep/er.db", "sqlite:///{folder}/state/deep/er.db"),
        ("sqlite:////var/lib/headcount.db", "sqlite:////var/lib/headcount.db"),
        ("postgresql://count@db/heads", "postgresql+psycopg://count@db/heads"),
        ("postgresql+psycopg://count@db/heads", "postgresql+psycopg://count@db/heads"),
    ],
)
def test_a_store_is_a_file_in_the_state_folder_or_postgresql(tmp_path: Path, url: str, meant: str) -> None:
    settings = loaded(tmp_path, f'[paths]\nstate = "state"\n[store]\nurl = "{url}"')
    assert settings.store == meant.format(folder=tmp_path)


def test_the_store_may_be_named_by_the_environment(tmp_path: Path) -> None:
    text = '[store]\nurl = { env = "DATABASE" }'
    assert loaded(tmp_path, text, {"DATABASE": "postgresql://u:p@db/x"}).store == "postgresql+psycopg://u:p@db/x"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HTTPS_PROXY": "http://proxy:3128"}, Http(proxy="http://proxy:3128")),
        ({"https_proxy": "proxy:3128"}, Http(proxy="http://proxy:3128")),
        ({"ALL_PROXY": "http://all:1"}, Http(proxy="http://all:1")),
        ({"NO_PROXY": "localhost, .gov ,"}, Http(no_proxy=("localhost", ".gov"))),
        ({"no_proxy": "localhost"}, Http(no_proxy=("localhost",))),
    ],
)
def test_the_environment_says_how_the_network_is_reached(
    tmp_path: Path, environment: dict[str, str], expected: Http
) -> None:
    assert loaded(tmp_path, "", environment).http == expected


def test_the_file_says_it_louder_than_the_environment(tmp_path: Path) -> None:
    text = '[http]\nproxy = "http://mine:1"\n[platforms.twitter]\nbearer_token = { env = "MINE" }'
    environment = {"HTTPS_PROXY": "http://other:1", "HEADCOUNT_TWITTER_BEARER_TOKEN": "other", "MINE": "mine"}
    settings = loaded(tmp_path, text, environment)
    assert settings.http.proxy == "http://mine:1"
    assert settings.platforms["twitter"].credentials["bearer_token"] == "mine"


def test_a_credential_of_the_environment_needs_no_table(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "", {"HEADCOUNT_TWITTER_BEARER_TOKEN": " token\n", "HEADCOUNT_TWITTER_API_KEY": ""})
    assert settings.platforms == {"twitter": settings.platforms["twitter"]}
    assert dict(settings.platforms["twitter"].credentials) == {"bearer_token": "token"}


def test_a_secret_may_lie_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = loaded(tmp_path, '[platforms.twitter]\nbearer_token = { file = "bucket.key" }')
    assert settings.platforms["twitter"].credentials["bearer_token"] == CANARY


def test_a_host_of_a_federated_platform_is_named_after_its_server(tmp_path: Path) -> None:
    text = '[platforms.mastodon.hosts]\n"mastodon.social" = "http://127.0.0.1:9000/m"'
    assert loaded(tmp_path, text).platforms["mastodon"].hosts == {"mastodon.social": "http://127.0.0.1:9000/m"}


FAULTS = [
    # syntax
    ("a = 1\nb = = 2\n", ["2, column 5: this is not TOML: Invalid value"]),
    ('a = "open\n', ["1, column 10: this is not TOML: Illegal character '\\n'"]),
    ("[store\n", ["1, column 7: this is not TOML: Expected ']' at the end of a table declaration"]),
    ("a = [1,\n2\n", ["3: this is not TOML: Unclosed array"]),
    # names
    ('[organisation]\nname = "x"\n', ["1: [organisation] is not a setting that headcount knows (did you mean organization?)"]),
    ('[http]\ncontct = "x"\n', ["2: [http] contct is not a setting that headcount knows (did you mean contact?)"]),
    ("[http]\nqqq = 1\n", ["2: [http] qqq is not a setting that headcount knows"]),
    ("[paths]\nhome = 1\n[backup]\nkep = 1\n", [
        "2: [paths] home is not a setting that headcount knows",
        "4: [backup] kep is not a setting that headcount knows (did you mean keep?)",
    ]),
    # kinds
    ("[organization]\nname = 5\n", ["2: [organization] name must be a text, not a number"]),
    ("http = 5\n", ["1: [http] must be a table, not a number"]),
    ("[http]\nallow_private_addresses = 1\n", ["2: [http] allow_private_addresses must be true or false, not a number"]),
    ('[http]\nno_proxy = "a"\n', ['2: [http] no_proxy must be a list of texts, not a text (no_proxy = ["...", "..."])']),
    ("[http]\nno_proxy = [1]\n", ['2: [http] no_proxy must be a list of texts, not a list of other things (no_proxy = ["...", "..."])']),
    ("[backup]\nkeep = true\n", ["2: [backup] keep must be a number, not true or false"]),
    ("[backup]\nkeep = 0\n", ["2: [backup] keep must be at least 1, not 0"]),
    ("[evidence]\ndays = 0\nmegabytes = -1\n", [
        "2: [evidence] days must be at least 1, not 0",
        "3: [evidence] megabytes must be at least 0, not -1",
    ]),
    ('[evidence]\nday = 3\nmegabytes = "256"\n', [
        "2: [evidence] day is not a setting that headcount knows (did you mean days?)",
        "3: [evidence] megabytes must be a number, not a text",
    ]),
    ("[organization]\nname = 2026-11-30\n", ["2: [organization] name must be a text, not a date or a time"]),
    # the organisation
    ('[organization]\n\n# where we are\ntimezone = "America/New_Yrok"\n', [
        "4: [organization] timezone is 'America/New_Yrok', which is not a time zone (did you mean America/New_York?)",
    ]),
    ('[organization]\ntimezone = "/etc/passwd"\n', [
        "2: [organization] timezone is '/etc/passwd', which is not a time zone (for example America/New_York)",
    ]),
    ('[organization]\nweek_start = "mondy"\n', [
        ("2: [organization] week_start must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, "
        "not 'mondy' (did you mean monday?)"),
    ]),
    # the store
    ('[store]\nurl = "mysql://db/x"\n', [
        ("2: [store] url is not the URL of a database that headcount knows "
        "(sqlite:///headcount.db or postgresql+psycopg://user@host/database)"),
    ]),
    ('[store]\nurl = "sqlite://"\n', [
        ("2: [store] url names no file, and a store in memory forgets "
        "(sqlite:///headcount.db or postgresql+psycopg://user@host/database)"),
    ]),
    # the network
    ('[http]\nproxy = "socks5://x:1"\n', ["2: [http] proxy must be an http or https URL, such as http://proxy.example.gov:3128"]),
    ("[http]\ntimeout = 0\n", ["2: [http] timeout must be a number of seconds, more than 0 and at most 600"]),
    ('[http]\ntimeout = "30s"\n', ["2: [http] timeout must be a number of seconds, more than 0 and at most 600"]),
    ("[http]\nmax_body = 10\n", ["2: [http] max_body must be at least 1024, not 10"]),
    ('[http]\ncontact = "a\\r\\nX-Evil: 1"\n', [
        "2: [http] contact goes into a header of every request (write a URL or an address, in plain ASCII)",
    ]),
    ('[http]\nca_bundle = "none.pem"\n', ["2: [http] ca_bundle is {folder}/none.pem, and there is no such file"]),
    ('[collect]\nsources = "some"\n', ["2: [collect] sources must be one of all, official, not 'some'"]),
    # jobs and tables
    ('[jobs.daily]\nevery = "7h"\n', [
        ("2: [jobs.daily] every is wrong: '7h' is not a cadence: write 15m, 1h, 6h, 1d or 1w "
        "(parts that divide an hour or a day evenly)"),
    ]),
    ("[jobs.daily]\naccounts = []\n", [
        ("1: [jobs.daily] every is missing: '' is not a cadence: write 15m, 1h, 6h, 1d or 1w "
        "(parts that divide an hour or a day evenly)"),
        '2: [jobs.daily] accounts names nobody (leave it out for everyone, or write accounts = ["*"])',
    ]),
    ('[jobs."a b"]\nevery = "1d"\n', ["1: 'a b' cannot be a name: use letters, digits, - and _"]),
    ('[jobs.d]\nevery = "1d"\naccounts = [\n  "twiter/energy",\n  "everyone",\n  "units:3",\n]\n', [
        "3: [jobs.d] accounts names 'twiter/energy': there is no platform called 'twiter' (did you mean twitter?)",
        ("3: [jobs.d] accounts names 'everyone': write an account key such as twitter/energy, unit:ID, platform:SLUG, "
        "group:NAME or *"),
        ("3: [jobs.d] accounts names 'units:3': write an account key such as twitter/energy, unit:ID, platform:SLUG, "
        "group:NAME or *"),
    ]),
    ('[jobs.d]\nevery = "1d"\naccounts = ["platform:tiktak"]\n', [
        "3: [jobs.d] accounts names 'platform:tiktak': there is no platform called 'tiktak' (did you mean tiktok?)",
    ]),
    ('[jobs.hourly]\nevery = "1h"\n[tables.t]\njob = "hurly"\n[tables.t.columns]\nA = "twitter/a"\n', [
        "4: [tables.t] job is 'hurly', and there is no such job (did you mean hourly?)",
    ]),
    ('[tables.t]\n[tables.t.columns]\nA = "twitter"\nB = "twitter/b#Likes!"\ndate = "twitter/c"\n', [
        "1: [tables.t] job is missing: it names the job whose slots are the rows (there are daily)",
        "3: [tables.t.columns] A is 'twitter': write an account key such as twitter/energy, or facebook/energygov#likes",
        "4: [tables.t.columns] B is 'twitter/b#Likes!': write an account key such as twitter/energy, or facebook/energygov#likes",
        "5: [tables.t.columns] date is the name of the time column",
    ]),
    ('[tables.t]\njob = "daily"\nmissing = "zero"\n', [
        '1: [tables.t] columns names no column ([tables.t.columns] followed by HEADER = "twitter/energy")',
        "3: [tables.t] missing must be one of blank, previous, not 'zero'",
    ]),
    ('[tables.daily]\njob = "daily"\ncolumns = { A = "twitter/a" }\n', [
        "1: daily.csv is published already: call the table something else",
    ]),
    # platforms
    ('[platforms.twiter]\npace = "1/s"\n', ["1: there is no platform called 'twiter' (did you mean twitter?)"]),
    ('[platforms.x]\npace = "1/s"\n[platforms.twitter]\npace = "1/s"\n', [
        "3: [platforms] twitter is twitter, which has a table already",
    ]),
    ('[platforms.twitter]\npace = "fast"\n', [
        "2: [platforms.twitter] pace is 'fast', which is not a pace (write N/s, N/m, N/15m, N/h or N/d)",
    ]),
    ('[platforms.twitter]\npace = "0/s"\n', [
        "2: [platforms.twitter] pace is '0/s', which is not a pace (write N/s, N/m, N/15m, N/h or N/d)",
    ]),
    ('[platforms.twitter]\nsources = ["apis"]\n', [
        "2: [platforms.twitter] sources names the source 'apis', and X (formerly Twitter) has api, page (did you mean api?)",
    ]),
    ("[platforms.twitter]\nsources = []\n", [
        "2: [platforms.twitter] sources names none (leave it out for all, or write collect = no in the roster)",
    ]),
    ('[platforms.twitter.hosts]\napo = "https://x"\n', [
        "2: [platforms.twitter.hosts] apo is not a host of X (formerly Twitter) (did you mean api?)",
    ]),
    *(
        (f'[platforms.twitter.hosts]\napi = "{url}"\n', [
            "2: [platforms.twitter.hosts] api must be an http or https URL, without a user, a query or a fragment",
        ])
        for url in ("ftp://x", "https://", "api.x.com", "https://u:p@x", "https://x?q=1", "https://x#f", "https://x:99999", "https://[x")
    ),
    ('[platforms.twitter.options]\nversion = "v1"\n', [
        "2: [platforms.twitter.options] version is not a setting that headcount knows",
    ]),
    # secrets
    (f'[platforms.twitter]\n\nbearer_token = "{CANARY}"\n', [
        ("3: [platforms.twitter] bearer_token is a secret, and stands here for everyone to read "
        '(write bearer_token = {{ env = "HEADCOUNT_TWITTER_BEARER_TOKEN" }} or bearer_token = {{ file = "..." }}; '
        "have it replaced where it came from)"),
    ]),
    (f'[platforms.twitter]\nbearer = "{CANARY}"\n', [
        "2: [platforms.twitter] bearer is not a setting that headcount knows (did you mean bearer_token?)",
    ]),
    (f'[platforms.twitter]\nbearer_token = ["{CANARY}"]\n', [
        ("2: [platforms.twitter] bearer_token must say where the secret is "
        '(write bearer_token = {{ env = "HEADCOUNT_TWITTER_BEARER_TOKEN" }} or bearer_token = {{ file = "..." }})'),
    ]),
    ('[platforms.twitter]\nbearer_token = { env = "NOT_SET" }\n', [
        "2: [platforms.twitter] bearer_token refers to the environment variable NOT_SET, which is not set",
    ]),
    ('[platforms.twitter]\nbearer_token = { env = "EMPTY" }\n', [
        "2: [platforms.twitter] bearer_token refers to the environment variable EMPTY, which is not set",
    ]),
    ('[platforms.twitter]\nbearer_token = { file = "none" }\n', [
        "2: [platforms.twitter] bearer_token refers to the file {folder}/none, which cannot be read: No such file or directory",
    ]),
    ('[platforms.twitter]\nbearer_token = { file = "open.key" }\n', [
        "2: [platforms.twitter] bearer_token refers to the file {folder}/open.key, which others may read (chmod 600 {folder}/open.key)",
    ]),
    ('[platforms.twitter]\nbearer_token = { file = "empty.key" }\n', [
        "2: [platforms.twitter] bearer_token refers to the file {folder}/empty.key, which is empty",
    ]),
    (f'[publish.b]\nto = "s3://b"\n[publish.b.options]\naws_secret_access_key = "{CANARY}"\n', [
        ("4: [publish.b.options] aws_secret_access_key is a secret, and stands here for everyone to read "
        '(write aws_secret_access_key = {{ env = "HEADCOUNT_B_AWS_SECRET_ACCESS_KEY" }} or '
        'aws_secret_access_key = {{ file = "..." }}; have it replaced where it came from)'),
    ]),
    *[
        (f'[publish.b]\nto = "az://b"\n[publish.b.options]\n{name} = "{CANARY}"\n', [
            (f"4: [publish.b.options] {name} is a secret, and stands here for everyone to read "
            f'(write {name} = {{{{ env = "HEADCOUNT_B_{name.upper()}" }}}} or '
            f'{name} = {{{{ file = "..." }}}}; have it replaced where it came from)'),
        ])
        for name in ("account_key", "sas_key", "google_service_account_key", "sse_customer_key_base64")
    ],
    # targets, serve, watch
    ('[publish.b]\nto = "s3://b"\nencoding = "brotli"\n', [
        "3: [publish.b] encoding must be one of gzip, identity, not 'brotli'",
    ]),
    ("[publish.web]\n", [
        '1: [publish.web] to is missing: it names a folder or an object store (to = "public" or to = "s3://bucket/path")',
    ]),
    ('[publish]\nto = "public"\n', [
        "2: [publish] to must be a table, not a text",
        '2: [publish.to] to is missing: it names a folder or an object store (to = "public" or to = "s3://bucket/path")',
    ]),
    ('[serve]\nbase_path = "api"\n', ["2: [serve] base_path is 'api', which is not a path (did you mean /api?)"]),
    ('[serve]\nbase_path = "/a/../b"\n', [
        "2: [serve] base_path is '/a/../b', which is not a path of a URL (/api/social-media)",
    ]),
    ('[serve]\nbase_path = "/a b"\n', [
        "2: [serve] base_path is '/a b', which is not a path of a URL (/api/social-media)",
    ]),
    ('[serve]\nbase_path = "/healthz"\n', [
        "2: [serve] base_path is '/healthz', where headcount itself answers (/api/social-media)",
    ]),
    ('[serve]\nmetrics = "yes"\n', [
        '2: [serve] metrics is \'yes\', which is neither on, off nor an address (metrics = "127.0.0.1:9464")',
    ]),
    ('[serve]\nmetrics = "127.0.0.1:99999"\n', [
        '2: [serve] metrics is \'127.0.0.1:99999\', which is neither on, off nor an address (metrics = "127.0.0.1:9464")',
    ]),
    ("[serve]\nmetrics = true\n", ["2: [serve] metrics must be a text, not true or false"]),
    ('[serve]\ncors_origins = ["https://a.gov/x"]\n', [
        ("2: [serve] cors_origins names 'https://a.gov/x', which is no origin as a browser sends it "
         "(https://example.gov: lower case, without a path or a *; or * alone, for everybody)"),
    ]),
    ('[serve]\ncors_origins = ["https://*.github.io"]\n', [
        ("2: [serve] cors_origins names 'https://*.github.io', which is no origin as a browser sends it "
         "(https://example.gov: lower case, without a path or a *; or * alone, for everybody)"),
    ]),
    ('[serve]\ncors_origins = ["https://Bücher.example"]\n', [
        ("2: [serve] cors_origins names 'https://Bücher.example', which is no origin as a browser sends it "
         "(https://example.gov: lower case, without a path or a *; or * alone, for everybody)"),
    ]),
    ('[serve]\ncors_origins = ["https://a.gov:443"]\n', [
        "2: [serve] cors_origins names 'https://a.gov:443', which is no origin as a browser sends it (https://a.gov)",
    ]),
    ('[publish.web]\nto = "."\n', [
        '2: [publish.web] to is a folder in which headcount.toml lies (to = "public")',
    ]),
    ('[publish.web]\nto = "sub/../.."\n', [
        '2: [publish.web] to is a folder in which headcount.toml lies (to = "public")',
    ]),
    ('[organization]\nroster = "public/roster.csv"\n[publish.web]\nto = "public"\n', [
        '4: [publish.web] to is a folder in which roster.csv lies (to = "public")',
    ]),
    ('[watch]\nnotify = ["me"]\n', [
        '2: [watch] notify must be a list of Apprise URLs (notify = ["mailto://...", "slack://..."])',
    ]),
    ('[watch]\nquiet = "22-7"\n', [
        "2: [watch] quiet is '22-7', which is no stretch of the day (quiet = \"22:00-07:00\")",
    ]),
    ('[watch]\nquiet = "07:00-07:00"\n', [
        "2: [watch] quiet is '07:00-07:00', which is no stretch of the day (quiet = \"22:00-07:00\")",
    ]),
    ('[watch]\ndigest = "moonday 25:00"\n', [
        "2: [watch] digest is 'moonday 25:00', which is no time of the week (digest = \"monday 08:00\")",
    ]),
    ("[watch]\nmost_a_day = 0\n", ["2: [watch] most_a_day must be at least 1, not 0"]),
    ('[watch.channels.mail]\nseverity = "dire"\n', [
        '1: [watch.channels.mail] url must be an Apprise URL (url = { env = "..." }, or "mailto://...")',
        "2: [watch.channels.mail] severity must be one of notice, warning, urgent, not 'dire'",
    ]),
    ('[watch.channels.mail]\nurl = "me"\n', [
        '2: [watch.channels.mail] url must be an Apprise URL (url = { env = "..." }, or "mailto://...")',
    ]),
    ('[watch.channels.mail]\nurl = { env = "NOWHERE" }\n', [
        "2: [watch.channels.mail] url refers to the environment variable NOWHERE, which is not set",
    ]),
    ('[watch.channels.1]\nurl = "json://a.example"\n', [
        "1: [watch.channels] 1 is a number, as those of notify are called (call it mail, chat, ...)",
    ]),
    ('[platforms.facebook]\ntoken = { env = "X_TOKEN", expires = "soon" }\n', [
        "2: [platforms.facebook] token refers to the environment variable X_TOKEN, which is not set",
        '2: [platforms.facebook] token expires on something that is no day (token = { env = "...", expires = 2026-12-31 })',
    ]),
    ('[watch]\nheartbeat = { env = "X_TOKEN", expires = 2026-12-31 }\n', [
        "2: [watch] heartbeat has a day of expiry, which only the credentials of platforms have",
        "2: [watch] heartbeat refers to the environment variable X_TOKEN, which is not set",
    ]),
    ("[backup]\nkeep = " + "1" * 5000, [": a number is too long, or a list too deep, to be meant"]),
    ("a = " + "[" * 2000, [": a number is too long, or a list too deep, to be meant"]),
    ('[watch]\nheartbeat = "me"\n', ["2: [watch] heartbeat must be an http or https URL"]),
]  # fmt: skip


def test_a_credential_may_say_on_which_day_it_expires(tmp_path: Path) -> None:
    text = '[platforms.facebook]\ntoken = { env = "X_TOKEN", expires = 2026-12-31 }\n[platforms.x]\nbearer_token = { env = "X_TOKEN" }\n'
    settings = loaded(tmp_path, text, ENVIRONMENT)
    assert settings.platforms["facebook"].credentials["token"] == CANARY
    assert settings.expiries == {"facebook.token": date(2026, 12, 31)}


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_a_fault_is_told_with_its_line_and_a_hint(tmp_path: Path, text: str, expected: list[str]) -> None:
    (tmp_path / "open.key").write_text(CANARY)
    (tmp_path / "open.key").chmod(0o640)
    (tmp_path / "empty.key").write_text("\n")
    (tmp_path / "empty.key").chmod(0o600)
    told = complaints(tmp_path, text, {"EMPTY": ""})
    assert told == [each.replace("{folder}", str(tmp_path)).replace("{{", "{").replace("}}", "}") for each in expected]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HTTPS_PROXY": "socks5://x"}, ": [http] proxy is taken from HTTPS_PROXY or ALL_PROXY, which must be an http"),
        (
            {"SSL_CERT_FILE": "/none.pem"},
            ": [http] ca_bundle is taken from SSL_CERT_FILE, which is /none.pem, and there",
        ),
    ],
)
def test_a_fault_of_the_environment_names_the_variable(
    tmp_path: Path, environment: dict[str, str], expected: str
) -> None:
    assert [told[: len(expected)] for told in complaints(tmp_path, "", environment)] == [expected]


JUNK = [*"\"'[]{}=,.#/~\n\t09eé-", "1" * 5000, "[" * 2000, '"""', "\\u0000", "~nobody/", "true"]


def test_whatever_is_done_to_a_configuration_ends_in_faults_and_never_in_a_crash(tmp_path: Path) -> None:
    dice = random.Random(20261130)
    told: list[str] = []
    for _ in range(300):
        at = dice.randrange(len(EVERYTHING) + 1)
        text = EVERYTHING[:at] + dice.choice(JUNK) + EVERYTHING[at + dice.randint(0, 8) :]
        try:
            loaded(tmp_path, text, ENVIRONMENT)
        except Mistake as mistake:
            told.append(str(mistake))
    assert len(told) > 100
    assert not [each for each in told if CANARY in each]


def test_every_fault_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = '[backup]\nkeep = 0\n[serve]\nbase_path = "api"\n[http]\ntimeout = 0\n[organization]\ntimezone = "Mars"\n'
    assert [told.split(":")[0] for told in complaints(tmp_path, text)] == ["2", "4", "6", "8"]


def test_a_missing_file_and_one_that_is_no_text_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"there is no configuration at .*/none\.toml: `headcount init` writes one"):
        load(tmp_path / "none.toml", {})
    file = tmp_path / "latin.toml"
    file.write_bytes(b'[organization]\nname = "Z\xfcrich"\n')
    with pytest.raises(Mistake, match=r"latin\.toml, line 2: this is not UTF-8 \(save it as UTF-8\)"):
        load(file, {})
    with pytest.raises(Mistake, match=re.escape(f"{tmp_path} cannot be read: Is a directory")):
        load(tmp_path, {})


def test_windows_line_ends_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "headcount.toml"
    file.write_bytes(b'\xef\xbb\xbf[organization]\r\nname = "Exampleton"\r\n')
    assert load(file, {}).organization.name == "Exampleton"
    file.write_bytes(b"[backup]\r\n# a remark\r\nkeep = 0\r\n")
    with pytest.raises(Mistake, match="line 3"):
        load(file, {})


def test_the_line_of_a_key_is_that_of_its_statement() -> None:
    text = 'a = 1\n[b]\nc = """\n[not.a.table]\nd = 2\n"""\ne = [\n  "]",\n  1,\n]\n[f."g.h"]\ni.j = { k = 1 }\n[[m]]\nn = 1\n'
    assert lines(text) == {
        ("a",): 1,
        ("b",): 2,
        ("b", "c"): 3,
        ("b", "e"): 7,
        ("f",): 11,
        ("f", "g.h"): 11,
        ("f", "g.h", "i"): 12,
        ("f", "g.h", "i", "j"): 12,
        ("f", "g.h", "i", "j", "k"): 12,
        ("m",): 13,
        ("m", "n"): 14,
    }


def test_the_example_of_the_first_user_loads_without_a_fault() -> None:
    settings = load(Path(__file__).parent.parent / "examples/doe/headcount.toml", {})
    assert list(settings.jobs) == ["org_chart", "hourly"]
    assert list(settings.tables["social_data"].columns) == [
        *(f"DOE{platform}" for platform in ("facebook", "twitter", "instagram", "youtube")),
        *(f"SEC{platform}" for platform in ("facebook", "twitter", "instagram", "youtube")),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", Metrics(public=True)),
        ('metrics = "on"', Metrics(public=True)),
        ('metrics = "off"', Metrics(public=False)),
        ('metrics = "127.0.0.1:9464"', Metrics(public=False, host="127.0.0.1", port=9464)),
        ('metrics = "[::1]:9464"', Metrics(public=False, host="::1", port=9464)),
        ('metrics = "monitor.example.gov:80"', Metrics(public=False, host="monitor.example.gov", port=80)),
    ],
)
def test_figures_are_for_everybody_for_nobody_or_at_an_address_of_their_own(
    tmp_path: Path, written: str, meant: Metrics
) -> None:
    assert loaded(tmp_path, f'[organization]\nname = "Tests"\n[serve]\n{written}\n').serve.metrics == meant
