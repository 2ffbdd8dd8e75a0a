"""The three questions over loopback: as headcount answers them, anew and from its shelf; rows through a framework; nginx."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.parts.contest import Check, Contestant, nothing
from benchmarks.parts.load import Answer, Question, ask, once
from benchmarks.parts.long_history import HOUR
from benchmarks.parts.longstanding import Longstanding
from benchmarks.parts.questions import LATEST, MATRIX, YEAR, Past
from benchmarks.parts.servers import Server
from headcount.publish.encode import stamp
from headcount.serve.desk import GLANCE
from headcount.store.columns import micros

PAIRS = (("rows", "uncached"), ("rows", "cached"), ("cached", "nginx"), ("304", "nginx 304"))

PACKED = (("Accept-Encoding", "br"),)

IsRight = Callable[[Answer], bool]


class Asked(Struct, frozen=True):
    """A question, and whether an answer to it is right."""

    question: Question
    is_right: IsRight


class Topic(Struct, frozen=True):
    """One of the three questions."""

    name: str
    ours: Callable[[], Asked]
    """A question to headcount that nobody has asked yet."""
    rows: Callable[[], Asked]
    times: int
    """It is asked so often in a turn in which it is worked out."""
    renew: Callable[[], None] = nothing
    """Has headcount work the answer out again, where it can be asked in one way only."""


class Servers(Struct, frozen=True):
    """Who is asked."""

    headcount: Server
    rows: Server
    nginx: Server | None
    files: Path
    """What nginx serves."""


class OverHttp:
    """Everybody who answers over HTTP."""

    def __init__(self, past: Past, there: Longstanding, servers: Servers, times: int) -> None:
        self._past, self._there, self._servers = past, there, servers
        self._times = times
        """What is not worked out is asked for so often in a turn."""
        self._base = f"{there.settings.serve.base_path}/v1"

    def topics(self) -> tuple[Topic, ...]:
        """What is asked."""
        return (
            Topic(YEAR, self._year, self._year_of_rows, 16),
            Topic(MATRIX, self._matrix, self._all_rows, 2),
            Topic(LATEST, self._latest, self._latest_rows, 1, self._count_once_more),
        )

    def sizes(self, topic: Topic) -> str:
        """How large the answers are."""
        ours, rows = once(topic.ours().question), once(topic.rows().question)
        return f"{len(ours.body):,} bytes packed, {len(ours.plain):,} plain; rows {len(rows.body):,}"

    def contestants(self, topic: Topic) -> Iterator[Contestant]:
        """From who works most to who works least."""
        ours, rows, nginx = self._servers.headcount, self._servers.rows, self._servers.nginx
        again = topic.ours()
        yield _contestant("rows", rows, topic.times, lambda: [topic.rows() for _ in range(topic.times)])
        yield _contestant("uncached", ours, topic.times, lambda: self._anew(topic))
        yield _contestant("cached", ours, self._times, lambda: self._warm(again))
        yield _contestant("304", ours, self._times, lambda: self._known(again.question))
        if nginx:
            static = self._static(nginx, topic, once(again.question).body)
            yield _contestant("nginx", nginx, self._times, lambda: self._warm(static))
            yield _contestant("nginx 304", nginx, self._times, lambda: self._known(static.question))

    def _anew(self, topic: Topic) -> list[Asked]:
        topic.renew()
        return [topic.ours() for _ in range(topic.times)]

    def _warm(self, asked: Asked) -> list[Asked]:
        """The same again and again, after once."""
        once(asked.question)
        return [asked] * self._times

    def _known(self, question: Question) -> list[Asked]:
        """The same from somebody who has the answer already."""
        known = Question(question.port, question.path, (*PACKED, ("If-None-Match", once(question).tag)))
        return [Asked(known, lambda answer: (answer.status, answer.body) == (304, b""))] * self._times

    def _static(self, nginx: Server, topic: Topic, body: bytes) -> Asked:
        """The same bytes as a file."""
        name = topic.name.replace(" ", "-").replace(",", "")
        (self._servers.files / name).write_bytes(body)
        return Asked(Question(nginx.port, f"/{name}", PACKED), lambda answer: answer.body == body)

    def _year(self) -> Asked:
        number, start = self._past.any()
        key, end = self._past.history.keys[number], start + self._past.year * HOUR
        path = f"accounts/{key}/series?step=hour&start={stamp(start)}&end={stamp(end)}"
        return self._ours(
            path, lambda said: said["at"][0] == stamp(start) and self._past.is_year(number, start, said["count"])
        )

    def _year_of_rows(self) -> Asked:
        number, start = self._past.any()
        end = start + self._past.year * HOUR
        path = f"series?key={self._past.history.keys[number]}&start={micros(start)}&end={micros(end)}"
        return self._rows(path, lambda said: self._past.is_year(number, start, [row["count"] for row in said]))

    def _matrix(self) -> Asked:
        number, _ = self._past.any()
        history = self._past.history
        path = f"accounts/{history.keys[number]}/matrix?start={stamp(history.first)}&end={stamp(self._past.any_end())}"
        return self._ours(
            path, lambda said: self._past.is_week(number, [cell["gain"] for day in said["cells"] for cell in day])
        )

    def _all_rows(self) -> Asked:
        number, _ = self._past.any()
        history = self._past.history
        path = f"series?key={history.keys[number]}&start={micros(history.first)}&end={micros(self._past.end)}"
        return self._rows(path, lambda said: self._past.is_all(number, [row["count"] for row in said]))

    def _latest(self) -> Asked:
        return self._ours("latest", lambda said: self._is_latest(said["counts"]))

    def _latest_rows(self) -> Asked:
        return self._rows("latest", self._is_latest)

    def _is_latest(self, said: list[dict[str, object]]) -> bool:
        found = {str(each["key"]): int(str(each["count"])) for each in said}
        return self._past.is_latest(self._there.history.last, found)

    def _count_once_more(self) -> None:
        self._there.count_once_more()
        time.sleep(2 * GLANCE)

    def _ours(self, path: str, is_right: Callable[..., bool]) -> Asked:
        question = Question(self._servers.headcount.port, f"{self._base}/{path}", PACKED)
        return Asked(question, lambda answer: answer.status == 200 and is_right(msgspec.json.decode(answer.plain)))

    def _rows(self, path: str, is_right: Callable[..., bool]) -> Asked:
        question = Question(self._servers.rows.port, f"/{path}")
        return Asked(question, lambda answer: answer.status == 200 and is_right(msgspec.json.decode(answer.plain)))


def _contestant(name: str, server: Server, times: int, some: Callable[[], list[Asked]]) -> Contestant:
    asked: list[Asked] = []

    def prepare() -> None:
        asked[:] = some()

    def work() -> Check:
        answers = ask([each.question for each in asked])
        right = {each.question: each.is_right for each in asked}
        return lambda: [
            f"{name}: {each.question.path} was answered with {each.status} and {each.plain[:60]!r}"
            for each in answers
            if not right[each.question](each)
        ]

    return Contestant(name, times, times, work, prepare, server.cpu)
