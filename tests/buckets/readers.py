"""Readers who poll what a village publishes: by the pointer, and by the names that people know."""

from __future__ import annotations

import csv
import gzip
import hashlib
import http.client
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, urlsplit

from tests.buckets.endpoint import Endpoint
from tests.buckets.village import BELFRY, HOUR, TOWN

Get = Callable[[str], bytes | None]
"""The plain bytes of a file; None where it is not there."""

NOT_THERE = {http.client.NOT_FOUND, http.client.FORBIDDEN}
"""Who may not list a bucket is not told that a file is missing: so S3 has it."""

KEPT = 3
"""Sets: whoever is slower than that is late, and finds the next."""


class Reader:
    """Reads one place again and again, and keeps what was wrong."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self.sets = self.late = self._longest = self._newest = 0
        self.faults: list[str] = []

    def look(self) -> None:
        """Read the set that the pointer names, then the names that people know."""
        pointer = json.loads(self._get("datapackage.json") or b"{}")
        if pointer:
            self._read_set(pointer)
            self._read_names()

    def _read_set(self, pointer: Mapping[str, Any]) -> None:
        number = pointer["headcount:number"]
        self._note(number >= self._newest, f"rolled back: from {self._newest} to {number}")
        self._newest = number
        contents = {each["headcount:file"]: self._resource(each, number) for each in pointer["resources"]}
        if None not in contents.values():
            self.sets += 1
            told = set(numbers({name: content or b"" for name, content in contents.items()}))
            self._note(len(told) == 1, f"mixed: {told}")

    def _resource(self, resource: Mapping[str, Any], number: int) -> bytes | None:
        """The bytes of a file of a set, if they are what the pointer says."""
        content = self._get(resource["path"])
        if content is None and self._is_late(number):
            self.late += 1
            return None
        self._note(content is not None, f"missing: {resource['path']}")
        is_whole = content is None or f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"]
        self._note(is_whole, f"torn: {resource['path']}")
        return content if is_whole else None

    def _is_late(self, number: int) -> bool:
        """Whether so many sets have followed that this one need not be there any more."""
        newest = json.loads(self._get("datapackage.json") or b"{}")["headcount:number"]
        return bool(newest - number >= KEPT * HOUR.total_seconds())

    def _read_names(self) -> None:
        """A fixed name is a whole file of some set, and no older one than was seen before."""
        text = (self._get("social_data.csv") or b"").decode()
        counts = [int(row["TOWN"]) for row in csv.DictReader(io.StringIO(text))]
        is_whole = text.endswith("\r\n") and counts == list(range(1, len(counts) + 1))
        self._note(is_whole and len(counts) >= self._longest, f"social_data.csv is torn: {text[-80:]!r}")
        self._longest = max(self._longest, len(counts))
        latest = self._get("latest.json") or b""
        self._note(latest.endswith(b"}\n") and len(set(in_latest(latest))) == 1, "latest.json is torn")

    def _note(self, is_well: bool, fault: str) -> None:
        if not is_well:
            self.faults.append(fault)


def numbers(contents: Mapping[str, bytes]) -> Iterator[int]:
    """The number that every file of a set must agree upon, as each has it."""
    month = max(name for name in contents if name.startswith("readings/2"))
    yield from in_latest(contents["latest.json"])
    yield int(rows(contents["social_data.csv"])[-1]["TOWN"])
    yield int(rows(contents["all_social_data.csv"])[0]["twitter"]) // 2
    for name, column in ((month, "count"), ("readings/latest.csv", "count"), ("accounts.csv", "followers")):
        newest = {row["account"]: int(row[column]) for row in rows(contents[name])}
        yield from (newest[TOWN], newest[BELFRY] - 1)


def in_latest(content: bytes) -> list[int]:
    counts = {each["key"]: each["count"] for each in json.loads(content)["counts"]}
    return [counts[TOWN], counts[BELFRY] - 1]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def from_folder(folder: Path) -> Get:
    def get(name: str) -> bytes | None:
        try:
            return (folder / name).read_bytes()
        except FileNotFoundError:
            return None

    return get


@contextmanager
def from_bucket(endpoint: Endpoint) -> Iterator[Get]:
    """As everyone reads it, over a line of one's own."""
    parts = urlsplit(endpoint.url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)

    def get(name: str) -> bytes | None:
        line.request("GET", f"/{endpoint.bucket}/so/cial/{quote(name)}")
        reply = line.getresponse()
        content = reply.read()
        if reply.status in NOT_THERE:
            return None
        assert reply.status == http.client.OK, reply.status
        return gzip.decompress(content) if reply.headers["Content-Encoding"] == "gzip" else content

    try:
        yield get
    finally:
        line.close()


PAUSE = 0.2
"""Seconds between two looks."""


@contextmanager
def polling(places: list[Get]) -> Iterator[list[Reader]]:
    """Readers who poll while inside, each its place."""
    over, everyone = Event(), [Reader(get) for get in places]
    with ExitStack() as stack:
        for reader in everyone:
            thread = Thread(target=poll, args=(reader, over))
            thread.start()
            stack.callback(thread.join)
        stack.callback(over.set)
        yield everyone


def poll(reader: Reader, over: Event) -> None:
    try:
        while not over.wait(PAUSE):
            reader.look()
    finally:
        if not over.is_set():
            reader.faults.append("stopped reading")
