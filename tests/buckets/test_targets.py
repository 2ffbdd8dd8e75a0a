"""`headcount publish --configure-target` and `headcount doctor` on real buckets."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from headcount.cli.examining.preflights import preflights
from headcount.cli.parser import cli
from headcount.net.message import Http
from headcount.publish.delivery.cors import by_hand, object_url
from headcount.publish.delivery.open import open_bucket
from tests.buckets.endpoint import Endpoint
from tests.buckets.middleman import forgetful, middleman
from tests.buckets.waiting import free_ports
from tests.origins import ORIGINS_BAD, ORIGINS_GOOD
from tests.system.shell import Ran, headcount

CONFIG = """
[organization]
name = "Parks"
roster = "roster.csv"

[serve]
cors_origins = [{origins}]

[publish.web]
to = "public"

[publish.bucket]
to = "{to}"
[publish.bucket.options]
endpoint = "{url}"
access_key_id = "{key}"
secret_access_key = {{ env = "BUCKET_SECRET" }}
allow_http = true
"""


def run(folder: Path, endpoint: Endpoint, *words: str, origins: tuple[str, ...] = ORIGINS_GOOD, to: str = "") -> Ran:
    text = CONFIG.format(
        origins=", ".join(f'"{each}"' for each in origins), to=to or endpoint.to, url=endpoint.url, key=endpoint.key
    )
    (folder / "roster.csv").write_text("unit,platform,account\nParks,twitter,@parks\n")
    (folder / "headcount.toml").write_text(text)
    environment = {"BUCKET_SECRET": endpoint.secret}
    ran = CliRunner(env=environment).invoke(cli, ["--config", str(folder / "headcount.toml"), *words])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def configure(folder: Path, endpoint: Endpoint, origins: tuple[str, ...] = ORIGINS_GOOD) -> Ran:
    return run(folder, endpoint, "publish", "--configure-target", "--target", "bucket", origins=origins)


def doctor(folder: Path, endpoint: Endpoint, to: str = "") -> list[str]:
    """What is said of the bucket."""
    lines = run(folder, endpoint, "doctor", to=to).out.splitlines()
    about = [number for number, line in enumerate(lines) if "target bucket" in line]
    hints = [number + 1 for number in about if lines[number + 1].startswith("     ")]
    return [lines[number] for number in sorted(about + hints)]


# ---------------------------------------------------------------------------------------------------------------- CORS


def test_the_buckets_cors_is_set_and_seen_to_work(on_ceph: Endpoint, tmp_path: Path) -> None:
    ran = configure(tmp_path, on_ceph)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"target bucket: CORS set: {', '.join(ORIGINS_GOOD)} may read",
        *(f"target bucket: {origin} may read" for origin in ORIGINS_GOOD),
        "target bucket: https://stranger.invalid may not read",
        "target bucket: null may not read",
    ]


def test_listed_origins_get_themselves_and_hostile_ones_nothing(on_ceph: Endpoint, tmp_path: Path) -> None:
    configure(tmp_path, on_ceph)
    bucket = on_ceph.open()
    bucket.point(b'{"headcount:number": 1}', None)
    answers = preflights(object_url(bucket, "datapackage.json"), (*ORIGINS_GOOD, *ORIGINS_BAD), Http())
    told = {answer.origin: answer.allowed for answer in answers}
    assert {origin: told[origin] for origin in ORIGINS_GOOD} == {origin: origin for origin in ORIGINS_GOOD}
    assert {origin for origin in ORIGINS_BAD if told.get(origin)} == set()
    for origin in (*ORIGINS_GOOD, *ORIGINS_BAD):
        headers, _ = on_ceph.fetch("datapackage.json", {"Origin": origin.encode().decode("latin-1")})
        assert headers["Access-Control-Allow-Origin"] == (origin if origin in ORIGINS_GOOD else None)
        assert headers["Access-Control-Allow-Credentials"] is None
        assert origin in ORIGINS_BAD or (
            headers["Vary"] == "Origin" and "ETag" in headers["Access-Control-Expose-Headers"]
        )


def test_everyone_may_read_where_everyone_is_listed(on_ceph: Endpoint, tmp_path: Path) -> None:
    ran = configure(tmp_path, on_ceph, ("*",))
    assert ran.status == 0, ran.err
    assert "target bucket: https://stranger.invalid may read" in ran.out


def test_rules_that_others_have_set_stay_and_ours_is_replaced(on_ceph: Endpoint, tmp_path: Path) -> None:
    client = on_ceph.boto()
    other = {"ID": "other", "AllowedMethods": ["PUT"], "AllowedOrigins": ["https://upload.example.gov"]}
    client.put_bucket_cors(Bucket=on_ceph.bucket, CORSConfiguration={"CORSRules": [other]})
    configure(tmp_path, on_ceph, ("https://old.example.gov",))
    configure(tmp_path, on_ceph)
    rules = {rule["ID"]: rule["AllowedOrigins"] for rule in client.get_bucket_cors(Bucket=on_ceph.bucket)["CORSRules"]}
    assert {name: sorted(origins) for name, origins in rules.items()} == {
        "other": ["https://upload.example.gov"],
        "headcount so/cial": sorted(ORIGINS_GOOD),
    }


def test_a_server_that_lets_any_origin_read_is_noticed(on_aws: Endpoint, tmp_path: Path) -> None:
    ran = configure(tmp_path, on_aws)
    assert ran.status == 3
    assert "https://stranger.invalid may read, although it is not listed in [serve] cors_origins" in ran.out
    assert "does not do as it was told for https://stranger.invalid, null" in ran.err


def test_a_key_that_may_not_is_told(on_ceph: Endpoint, tmp_path: Path) -> None:
    ran = configure(tmp_path, Endpoint(on_ceph.url, on_ceph.key, "CANARYcanary", on_ceph.bucket))
    assert (ran.status, ran.out) == (3, "")
    assert "its CORS could not be set: the secret does not belong to the key" in ran.err
    assert "CANARY" not in ran.err


def test_of_a_folder_it_is_said_that_the_web_server_does_it(on_aws: Endpoint, tmp_path: Path) -> None:
    ran = run(tmp_path, on_aws, "publish", "--configure-target", "--target", "web")
    assert ran.status == 0
    assert "the web server in front of it says which origins may read; deploy/nginx.conf shows how" in ran.out


def test_a_target_that_there_is_none_of_is_told(on_aws: Endpoint, tmp_path: Path) -> None:
    ran = run(tmp_path, on_aws, "publish", "--configure-target", "--target", "buckt")
    assert ran.status == 2
    assert "there is no target called 'buckt'" in ran.err


@pytest.mark.parametrize(
    ("to", "options", "command"),
    [
        (
            "gs://open-data/social",
            {"skip_signature": "true"},
            "gcloud storage buckets update gs://open-data --cors-file=cors.json",
        ),
        (
            "az://open-data/social",
            {"account_name": "agency", "account_key": "aGVsbG8="},
            "az storage cors add --account-name agency",
        ),
    ],
)
def test_for_other_stores_the_vendors_own_command_is_given(to: str, options: dict[str, str], command: str) -> None:
    said = by_hand(open_bucket(to, options), ["https://apps.example.gov"])
    assert command in said
    assert "https://apps.example.gov" in said


def test_of_other_stores_it_exits_with_3(on_aws: Endpoint, tmp_path: Path) -> None:
    (tmp_path / "headcount.toml").write_text(
        '[organization]\nname = "Parks"\n[publish.bucket]\nto = "az://open-data/social"\n'
        '[publish.bucket.options]\naccount_name = "agency"\naccount_key = { env = "KEY" }\n'
    )
    ran = headcount(tmp_path, "publish", "--configure-target", environment={"KEY": "aGVsbG8="})
    assert ran.status == 3
    assert "az storage cors add --account-name agency" in ran.err


# -------------------------------------------------------------------------------------------------------------- doctor


def test_the_doctor_finds_a_bucket_in_order(on_ceph: Endpoint, tmp_path: Path) -> None:
    configure(tmp_path, on_ceph)
    assert doctor(tmp_path, on_ceph) == [
        f"ok   target bucket: {on_ceph.to} can be listed, read and written; 0 files are there",
        "ok   target bucket: conditional writes are honoured (with unquoted ETags)",
        f"ok   target bucket: CORS is as [serve] cors_origins says ({', '.join(ORIGINS_GOOD)})",
    ]
    assert on_ceph.names() == set()


def test_the_doctor_says_that_cors_is_not_set_and_how_to_set_it(on_ceph: Endpoint, tmp_path: Path) -> None:
    said = doctor(tmp_path, on_ceph)
    assert said[2].startswith(f"MEND target bucket: CORS: {ORIGINS_GOOD[0]} may not read, although it is listed")
    assert said[3].strip() == "headcount publish --configure-target --target bucket"


def test_the_doctor_says_that_a_store_ignores_conditions(on_aws: Endpoint, tmp_path: Path) -> None:
    with middleman(on_aws.url, forgetful) as url:
        said = doctor(tmp_path, on_aws.through(url))
    assert "conditional writes are not honoured (create: ignored, replace: ignored)" in said[1]
    assert "publish there from one machine only" in said[2]


@pytest.fixture
def down() -> Endpoint:
    (port,) = free_ports(1)
    return Endpoint(f"http://127.0.0.1:{port}", "key", "secret", "bucket")


def test_the_doctor_says_that_a_bucket_cannot_be_reached_or_written(
    down: Endpoint, on_ceph: Endpoint, tmp_path: Path
) -> None:
    assert "it cannot be reached" in doctor(tmp_path, down)[0]
    assert "no such bucket" in doctor(tmp_path, on_ceph, to="s3://nobodys-bucket/x")[0]
