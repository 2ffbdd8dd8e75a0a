"""A bucket as a target: what lies there, with which headers, and what is said when it cannot be."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from obstore.exceptions import GenericError

from headcount.errors import DeliveryError
from headcount.publish.delivery.faults import fault
from headcount.publish.delivery.open import open_bucket
from headcount.publish.delivery.packing import chunks, packed, unpacked
from headcount.publish.delivery.target import Body
from tests.buckets.endpoint import Endpoint
from tests.buckets.waiting import free_ports

CONTENT = b"date,DOEtwitter\r\n03/17/17 17:12,612093\r\n" * 2000
GEN = "gen/0123456789abcdef/daily.csv"
FOR_EVER, FOR_A_MINUTE = "public, max-age=31536000, immutable", "public, max-age=60, must-revalidate"
CANARY = "CANARYcanary0123456789"


def body(folder: Path, content: bytes = CONTENT, name: str = "body") -> Body:
    path = folder / name
    path.write_bytes(content)
    return Body(path, len(content), hashlib.sha256(content).hexdigest())


# ------------------------------------------------------------------------------------------------------ there and back


@pytest.mark.parametrize(
    ("name", "stored_as"),
    [
        (GEN, ("text/csv; charset=utf-8", FOR_EVER, "gzip")),
        ("daily.csv", ("text/csv; charset=utf-8", FOR_A_MINUTE, "gzip")),
        ("health.json", ("application/json", FOR_A_MINUTE, "gzip")),
        ("index.html", ("text/html; charset=utf-8", FOR_A_MINUTE, "gzip")),
        ("gen/0123456789abcdef/year=2026/month=01/part.parquet", ("application/vnd.apache.parquet", FOR_EVER, None)),
        ("series/daily/mastodon/nasa@mastodon.social.csv", ("text/csv; charset=utf-8", FOR_A_MINUTE, "gzip")),
        ("LICENCE", ("application/octet-stream", FOR_A_MINUTE, None)),
    ],
)
def test_everyone_gets_what_was_put_with_its_type_its_encoding_and_how_long_it_keeps(
    on: Endpoint, tmp_path: Path, name: str, stored_as: tuple[str, str, str | None]
) -> None:
    on.open().put(name, body(tmp_path))
    headers, stored = on.fetch(name)
    assert (headers["Content-Type"], headers["Cache-Control"], headers["Content-Encoding"]) == stored_as
    assert (gzip.decompress(stored) if stored_as[2] else stored) == CONTENT
    assert on.open().there() == {name: len(stored)}


def test_a_target_that_wants_files_as_they_are_gets_them_so(on: Endpoint, tmp_path: Path) -> None:
    bucket = on.open(encoding="identity")
    bucket.put(GEN, body(tmp_path))
    bucket.point(b'{"headcount:number": 1}', None)
    for name, content in ((GEN, CONTENT), ("datapackage.json", b'{"headcount:number": 1}')):
        headers, stored = on.fetch(name)
        assert (headers["Content-Encoding"], stored) == (None, content)


def test_a_fixed_name_gets_the_content_of_a_generation_but_not_its_headers(on: Endpoint, tmp_path: Path) -> None:
    bucket, whole = on.open(), body(tmp_path)
    bucket.put(GEN, whole)
    bucket.copy(GEN, "daily.csv", whole)
    assert on.fetch("daily.csv")[1] == on.fetch(GEN)[1]
    assert on.fetch("daily.csv")[0]["Cache-Control"] == FOR_A_MINUTE


def test_many_are_put_at_once_and_what_is_removed_is_gone(on: Endpoint, tmp_path: Path) -> None:
    bucket, whole = on.open(), body(tmp_path)
    names = [f"gen/{number:016x}/daily.csv" for number in range(40)]
    bucket.put_all((name, whole) for name in names)
    assert sorted(bucket.there()) == names
    bucket.remove([*names[1:], "gen/never/was.csv"])
    assert sorted(bucket.there()) == names[:1]
    bucket.remove([])


def test_a_file_larger_than_one_part_arrives_whole(on: Endpoint, tmp_path: Path) -> None:
    large = hashlib.shake_256(b"headcount").digest(12 * 1024 * 1024)
    on.open().put("gen/0123456789abcdef/large.parquet", body(tmp_path, large))
    headers, stored = on.fetch("gen/0123456789abcdef/large.parquet")
    assert stored == large
    assert headers["Cache-Control"] == FOR_EVER


def test_after_a_file_that_fails_no_other_is_begun(on_aws: Endpoint, tmp_path: Path) -> None:
    whole = body(tmp_path)
    items = [(f"gen/{number:016x}/daily.csv", whole) for number in range(400)]
    with pytest.raises(FileNotFoundError):
        on_aws.open().put_all([("gone.csv", Body(tmp_path / "gone", 1, "")), *items])
    assert len(on_aws.names()) < len(items)


# ------------------------------------------------------------------------------------------------------------ packing


@pytest.mark.parametrize("content", [b"", b"a", CONTENT, bytes(3 * 1024 * 1024)])
def test_gzip_is_the_same_each_time_and_says_neither_when_nor_what(tmp_path: Path, content: bytes) -> None:
    paths = [body(tmp_path, content, name).path for name in ("one.csv", "two.csv")]
    first, second = (packed(chunks(path)) for path in paths)
    assert first == second
    assert first[3:8] == bytes(5), "no name, no time"
    assert gzip.decompress(first) == content


@pytest.mark.parametrize("content", [b'{"a": 1}', b"", b"\x1f\x8b no gzip at all"])
def test_what_comes_back_unpacked_or_spoilt_is_taken_as_it_is(content: bytes) -> None:
    assert unpacked(content) == content


# ------------------------------------------------------------------------------------------------- what can be wrong


Deed = Callable[[Endpoint, Path], object]
DEEDS: list[Deed] = [
    lambda endpoint, folder: endpoint.open().there(),
    lambda endpoint, folder: endpoint.open().put("daily.csv", body(folder)),
    lambda endpoint, folder: endpoint.open().pointer(),
    lambda endpoint, folder: endpoint.open().conditions,
    lambda endpoint, folder: endpoint.open().remove(["daily.csv"]),
]


def faults(endpoint: Endpoint, folder: Path, deeds: Sequence[Deed] = DEEDS) -> set[str]:
    """What every deed says."""
    said = set()
    for deed in deeds:
        with pytest.raises(DeliveryError) as caught:
            deed(endpoint, folder)
        said.add(
            str(caught.value)
            .removeprefix(f"{endpoint.to}: ")
            .removesuffix(". Nothing counted is lost; the next publish catches up.")
        )
    return said


def test_a_wrong_secret_is_told_and_not_shown(on_ceph: Endpoint, tmp_path: Path) -> None:
    (said,) = faults(Endpoint(on_ceph.url, on_ceph.key, CANARY, on_ceph.bucket), tmp_path)
    assert (
        said == "the secret does not belong to the key: correct it in [publish.NAME.options], or where that refers to"
    )


def test_an_unknown_key_is_told(on_ceph: Endpoint, tmp_path: Path) -> None:
    (said,) = faults(Endpoint(on_ceph.url, "AKSTRANGER", CANARY, on_ceph.bucket), tmp_path)
    assert said == "it does not know this key: correct it in [publish.NAME.options], or where that refers to"


def test_a_bucket_that_is_not_there_is_told(on: Endpoint, tmp_path: Path) -> None:
    (said,) = faults(Endpoint(on.url, on.key, on.secret, "nobodys-bucket"), tmp_path)
    assert said == "there is no such bucket: make it, or correct `to`"


def test_a_server_that_is_down_is_told(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    (said,) = faults(Endpoint(f"http://127.0.0.1:{port}", "key", CANARY, "bucket"), tmp_path, DEEDS[:1])
    assert said == "it cannot be reached: look at `endpoint`, the proxy, the firewall and the object store itself"


@pytest.mark.parametrize(
    ("url", "options", "said"),
    [
        ("s3://b", {"fooo": "1"}, "Configuration key: 'fooo' is not valid for store 'S3'"),
        ("s3://b", {"allow_http": "maybe"}, "has a value that obstore does not understand"),
        ("s3://b", {"AWS_TIMEOUT": CANARY}, "has a value that obstore does not understand"),
        ("s3://b", {"secret_access_key": CANARY}, "no credentials were given"),
        ("s3:///b", {}, "that is no object store"),
        ("ftp://b/c", {}, "that is no object store"),
        ("https://example.gov/files", {}, "no object store"),
        ("https://example.gov/files", {"region": "x"}, "that is no object store"),
        ("az://container", {"account_key": CANARY}, "account_name"),
        ("az://container", {"account_name": "a", "account_key": f"{CANARY}!"}, "cannot be read as such"),
        ("gs://b", {"service_account": f"/nowhere/{CANARY}"}, "cannot be read as such"),
    ],
)
def test_a_url_or_option_that_is_not_understood_is_told_and_no_value_shown(
    url: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(DeliveryError) as caught:
        open_bucket(url, options)
    assert said in str(caught.value)
    assert CANARY not in str(caught.value)


def test_an_endpoint_without_tls_can_be_forbidden(on_aws: Endpoint) -> None:
    with pytest.raises(DeliveryError, match="allow_http = true"):
        on_aws.open(options={"allow_http": "false"}).there()


S3 = "Error performing PUT https://b.example/x?X-Amz-Signature={canary} in 2 ms - Server returned non-2xx status code: {status}: <Error><Code>{code}</Code></Error>\n\nDebug source: {canary}"


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        ("403 Forbidden", "RequestTimeTooSkewed", "clock"),
        ("403 Forbidden", "AccessDenied", "the key may not do this"),
        ("403 Forbidden", "SomethingNew", "the key may not do this"),
        ("403 Forbidden", "AuthorizationPermissionMismatch", "the key may not do this"),
        ("404 Not Found", "ContainerNotFound", "no such bucket"),
        ("400 Bad Request", "ExpiredToken", "session token has expired"),
        ("301 Moved Permanently", "PermanentRedirect", "another region"),
        ("503 Service Unavailable", "SlowDown", "too busy"),
        ("500 Internal Server Error", "InternalError", "too busy"),
        ("418 I'm a teapot", "Teapot", "it refused (Teapot)"),
    ],
)
def test_a_refusal_says_what_to_do_and_never_repeats_a_signed_url(status: str, code: str, said: str) -> None:
    told = str(fault("s3://b", GenericError(S3.format(status=status, code=code, canary=CANARY))))
    assert said in told
    assert CANARY not in told
