"""Counted, and published to a folder and to a bucket: what an outsider finds there, and what he is told when it fails."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

import duckdb
import pytest
from click.testing import CliRunner

from headcount.cli.examining.preflights import preflights
from headcount.cli.parser import cli
from headcount.model import EPOCH
from headcount.net.message import Http
from headcount.publish.delivery.conditions import PROBE
from headcount.publish.delivery.cors import object_url
from headcount.settings import load
from headcount.store.open_reader import open_reader
from tests.buckets.copies import ROOT, copied, in_bucket, in_folder, naming, versions
from tests.buckets.endpoint import Endpoint
from tests.buckets.middleman import Deliver, Letter, Reply, middleman
from tests.buckets.readers import Reader, from_bucket
from tests.buckets.village import BELFRY, TO_A_BUCKET, Village, secrets
from tests.buckets.waiting import free_ports
from tests.origins import ORIGINS_BAD, ORIGINS_GOOD
from tests.system.installation import install
from tests.system.shell import Ran, headcount

TYPES = {
    ".csv": ("text/csv; charset=utf-8", "gzip"),
    ".json": ("application/json", "gzip"),
    ".html": ("text/html; charset=utf-8", "gzip"),
    ".atom": ("application/atom+xml", "gzip"),
    ".parquet": ("application/vnd.apache.parquet", None),
}
FOR_EVER, FOR_A_MINUTE = "public, max-age=31536000, immutable", "public, max-age=60, must-revalidate"


class Office:
    """An installation that has been run by its command, and published to both."""

    def __init__(self, folder: Path, endpoint: Endpoint) -> None:
        self.folder, self.public, self.endpoint = folder, folder / "public", endpoint

    def run(self, *words: str) -> Ran:
        return headcount(self.folder, *words, environment=secrets(self.endpoint))

    def publish_by(self, word: str) -> None:
        """To a bucket too from now on, and at once."""
        with (self.folder / "headcount.toml").open("a") as config:
            config.write(TO_A_BUCKET.format(endpoint=self.endpoint))
        ran = self.run(word)
        assert (ran.status, ran.out.count("files were new or had changed")) == (0, 2), ran

    def names(self) -> list[str]:
        return sorted(in_folder(self.public))

    def one_of(self, folder: str) -> str:
        return next(name for name in self.names() if name.startswith(f"{folder}/"))


@pytest.fixture(scope="module")
def small(ceph_server: Endpoint, demo: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Eight accounts, counted once."""
    office = Office(tmp_path_factory.mktemp("small"), ceph_server.with_bucket())
    install(office.folder, demo, extra=f"[serve]\ncors_origins = {json.dumps(ORIGINS_GOOD)}\n")
    office.publish_by("run")
    return office


@pytest.fixture(scope="module")
def whole_demo(ceph_server: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """What `make demo SERVE=0` does, and then publishing to a bucket too."""
    folder = tmp_path_factory.mktemp("demo")
    assert headcount(folder, "demo", "demo", "--no-serve").status == 0
    office = Office(folder / "demo", ceph_server.with_bucket())
    office.publish_by("publish")
    return office


@pytest.fixture(params=["small", pytest.param("whole_demo", marks=pytest.mark.long)])
def office(request: pytest.FixtureRequest) -> Office:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Office)
    return found


# --------------------------------------------------------------------------------------------------------- what is there


def by_name(files: dict[str, bytes]) -> dict[str, bytes]:
    """All that is of no set, and of the newest set what it names: two places need not have kept the same older ones."""
    paths = {each["path"] for each in json.loads(files["datapackage.json"])["resources"]}
    return {name: content for name, content in files.items() if not name.startswith("gen/") or name in paths}


def test_every_file_of_the_folder_is_in_the_bucket_and_nothing_else_is(office: Office) -> None:
    there = in_bucket(office.endpoint)
    assert there == by_name(in_folder(office.public))
    assert {PurePosixPath(name).suffix for name in there} == set(TYPES)
    assert {"social_data.csv", "latest.json", "datapackage.json"} < set(there)


def test_each_says_what_it_is_how_it_is_packed_and_how_long_it_keeps(office: Office) -> None:
    for name in versions(office.endpoint):
        headers, _ = office.endpoint.fetch(quote(name))
        keeps = FOR_EVER if name.startswith("gen/") else FOR_A_MINUTE
        said = (headers["Content-Type"], headers["Content-Encoding"], headers["Cache-Control"])
        assert said == (*TYPES[PurePosixPath(name).suffix], keeps), name


def test_every_resource_of_the_data_package_has_its_bytes_and_its_hash(office: Office) -> None:
    there = in_bucket(office.endpoint)
    resources = json.loads(there["datapackage.json"])["resources"]
    for each in resources:
        content = there[each["path"]]
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (each["bytes"], each["hash"])
        assert there[each["headcount:file"]] == content, "the fixed name is of the newest set"
    assert {each["path"] for each in resources} == {name for name in there if name.startswith("gen/")}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_frictionless_finds_nothing_wrong_with_a_downloaded_copy(office: Office, tmp_path: Path) -> None:
    from frictionless import Package  # noqa: PLC0415 - two seconds

    copy = copied(office.endpoint, tmp_path)
    report = Package(str(copy / "datapackage.json")).validate()
    assert (report.valid, report.flatten(["type", "message"])) == (True, [])
    (copy / json.loads((copy / "datapackage.json").read_text())["resources"][0]["path"]).write_text("spoilt")
    assert not Package(str(copy / "datapackage.json")).validate().valid, "the control"


@pytest.mark.parametrize(
    "source", ["read_csv('{}/readings/2*.csv')", "read_parquet('{}/parquet/*/*/*.parquet', hive_partitioning = true)"]
)
def test_duckdb_reads_the_counts_of_the_store_from_a_downloaded_copy(
    office: Office, tmp_path: Path, source: str
) -> None:
    copy = copied(office.endpoint, tmp_path)
    asked = f"SELECT account, metric, count FROM {source.format(copy)} WHERE count IS NOT NULL"
    with duckdb.connect() as connection:
        found = Counter(connection.execute(asked).fetchall())
    assert found == stored(office)
    assert found.total() >= 8


def stored(office: Office) -> Counter[tuple[str, str, int]]:
    """The counts as the store has them; every account of these installations is public."""
    reader = open_reader(load(office.folder / "headcount.toml", secrets(office.endpoint)).store)
    try:
        fills = list(reader.fills(EPOCH, datetime.max.replace(tzinfo=UTC)))
    finally:
        reader.close()
    return Counter((row.key, row.metric, row.count) for row in fills if row.status == "accepted" and row.count)


# ------------------------------------------------------------------------------------------------------ who may read it


@pytest.fixture(scope="module")
def with_cors(small: Office) -> Office:
    ran = small.run("publish", "--configure-target", "--target", "bucket")
    assert ran.status == 0, ran.err
    return small


@pytest.mark.parametrize("folder", ["gen", "series"])
def test_pages_of_listed_origins_may_read_what_is_published_and_hostile_ones_may_not(
    with_cors: Office, folder: str
) -> None:
    name = with_cors.one_of(folder)
    url = object_url(with_cors.endpoint.open(), name)
    told = {answer.origin: answer.allowed for answer in preflights(url, (*ORIGINS_GOOD, *ORIGINS_BAD), Http())}
    assert {origin: allowed for origin, allowed in told.items() if allowed} == {each: each for each in ORIGINS_GOOD}
    assert len(told) > len(ORIGINS_BAD)
    for origin in (*ORIGINS_GOOD, *ORIGINS_BAD):
        headers, _ = with_cors.endpoint.fetch(name, {"Origin": origin.encode().decode("latin-1")})
        assert headers["Access-Control-Allow-Origin"] == (origin if origin in ORIGINS_GOOD else None)


def test_the_doctor_says_that_all_is_well(with_cors: Office) -> None:
    lines = [line for line in with_cors.run("doctor").out.splitlines() if "target" in line]
    number = len(with_cors.names())
    assert lines == [
        f"ok   target web: {with_cors.public}",
        f"ok   target bucket: {with_cors.endpoint.to} can be listed, read and written; {number} files are there",
        "ok   target bucket: conditional writes are honoured (with unquoted ETags)",
        f"ok   target bucket: CORS is as [serve] cors_origins says ({', '.join(ORIGINS_GOOD)})",
    ]


# ---------------------------------------------------------------------------------------------------------- hour by hour


class Counting:
    """Lets everything pass, and notes what is written."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def __call__(self, letter: Letter, deliver: Deliver) -> Reply:
        name = unquote(letter.path.partition("?")[0]).partition(ROOT)[2]
        if letter.method == "PUT" and not name.startswith(PROBE):
            self.sent.append(name)
        return deliver(letter)


def _plain(name: str) -> str:
    """The name of a file, whichever set it is of."""
    return re.sub("^gen/[0-9a-f]+/", "", name)


def test_an_hour_later_only_what_has_changed_is_sent_and_each_file_once(village: Village, on_ceph: Endpoint) -> None:
    village.tell(1, 2)
    before, counting = versions(on_ceph), Counting()
    with middleman(on_ceph.url, counting) as url:
        village.endpoint = on_ceph.through(url)
        village.tell(3)
        after, sent = versions(on_ceph), sorted(counting.sent)
        assert sent == sorted(name for name in after if after[name] != before.get(name))
        assert {"social_data.csv", "datapackage.json"} < set(sent)
        assert {"annotations.csv", "corrections.csv"}.isdisjoint(sent)
        counting.sent.clear()
        village.publish()
        assert {_plain(name) for name in counting.sent} <= {_plain(name) for name in sent}, "nothing was counted"
    assert versions(on_ceph).keys() >= {"annotations.csv", "corrections.csv"}


@pytest.mark.usefixtures("few_files")
def test_three_sets_are_kept_each_whole(village: Village, on_ceph: Endpoint) -> None:
    pointers = []
    for number in range(1, 6):
        village.tell(number)
        pointers.append(json.loads(on_ceph.open().pointer() or b""))
    kept = {each["path"]: each["hash"] for pointer in pointers[-3:] for each in pointer["resources"]}
    there = in_bucket(on_ceph)
    assert {name for name in there if name.startswith("gen/")} == set(kept)
    assert {path: f"sha256:{hashlib.sha256(there[path]).hexdigest()}" for path in kept} == kept


def test_an_account_that_becomes_internal_is_in_nothing_that_is_left(
    village: Village, on_ceph: Endpoint, tmp_path: Path
) -> None:
    village.tell(1, 2)
    before = naming(copied(on_ceph, tmp_path / "before"), "belfry")
    assert {"accounts.json", "readings/latest.csv", f"series/daily/{BELFRY}.csv"} < before, "the control"
    village.visibility[BELFRY] = "internal"
    village.clock.move(60)
    assert village.publish()["bucket"].fault == ""
    assert naming(copied(on_ceph, tmp_path / "after"), "belfry") == set()
    assert in_bucket(on_ceph) == in_folder(village.folder / "public")


# ------------------------------------------------------------------------------------------------------ when it goes wrong


def command(village: Village, endpoint: Endpoint) -> Ran:
    """`headcount publish` to another endpoint than before."""
    village.endpoint = endpoint
    ran = CliRunner(env=secrets(endpoint)).invoke(cli, ["--config", str(village.config), "publish"])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def test_a_bucket_that_is_down_costs_the_folder_nothing_and_is_caught_up_with(
    village: Village, on_ceph: Endpoint
) -> None:
    village.tell(1)
    stood = in_bucket(on_ceph)
    village.count(2)
    (port,) = free_ports(1)
    ran = command(village, on_ceph.through(f"http://127.0.0.1:{port}"))
    assert ran.status == 3
    assert f"published to {on_ceph.to}: failed: {on_ceph.to}: it cannot be reached" in ran.out
    assert "Nothing counted is lost; the next publish catches up." in ran.out
    assert in_bucket(on_ceph) == stood
    assert (village.folder / "public/social_data.csv").read_text().splitlines()[-1].endswith(",2")
    assert command(village, on_ceph).status == 0
    assert by_name(in_bucket(on_ceph)) == by_name(in_folder(village.folder / "public"))


def test_a_wrong_secret_is_told_and_not_shown(village: Village, on_ceph: Endpoint) -> None:
    village.count(1)
    ran = command(village, Endpoint(on_ceph.url, on_ceph.key, "CANARYcanary", on_ceph.bucket))
    assert ran.status == 3
    assert "the secret does not belong to the key: correct it in [publish.NAME.options]" in ran.out
    assert "CANARY" not in ran.out + ran.err
    assert "files were new or had changed" in ran.out, "the folder is served all the same"


class Refusing(Counting):
    """Takes so many files, and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __call__(self, letter: Letter, deliver: Deliver) -> Reply:
        if letter.method == "PUT" and len(self.sent) >= self._most:
            return Reply(403, body=b"<Error><Code>AccessDenied</Code></Error>")
        return super().__call__(letter, deliver)


@pytest.mark.usefixtures("few_files")
def test_wherever_a_delivery_breaks_off_a_whole_set_stands_and_the_next_one_mends_all(
    village: Village, on_ceph: Endpoint
) -> None:
    village.tell(1, 2, 3)
    with from_bucket(on_ceph) as get:
        reader, number = Reader(get), 4
        for most in (1, 9):
            with middleman(on_ceph.url, Refusing(most)) as url:
                village.endpoint = on_ceph.through(url)
                village.count(number)
                assert "the key may not do this" in village.publish()["bucket"].fault
            reader.look()
            village.endpoint = on_ceph
            village.tell(number + 1)
            reader.look()
            number += 2
    assert reader.faults == []
    assert by_name(in_bucket(on_ceph)) == by_name(in_folder(village.folder / "public"))


@pytest.mark.usefixtures("few_files")
def test_what_was_sent_before_a_delivery_broke_off_is_put_right_although_the_change_was_taken_back(
    village: Village, on_ceph: Endpoint
) -> None:
    village.tell(1)
    for most in (2, 5):
        with middleman(on_ceph.url, Refusing(most)) as url:
            village.unit, village.endpoint = f"Town {most}", on_ceph.through(url)
            village.clock.move(60)
            assert "the key may not do this" in village.publish("bucket")["bucket"].fault
        village.unit, village.endpoint = "Village", on_ceph
        village.clock.move(60)
        assert {each.fault for each in village.publish().values()} == {""}
        assert by_name(in_bucket(on_ceph)) == by_name(in_folder(village.folder / "public"))
