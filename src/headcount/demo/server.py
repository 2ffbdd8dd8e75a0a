"""The demo server: on loopback, it answers as the platforms do, and marks whatever it says as simulated.

    async with DemoServer(Simulation(clock), Directory({"twitter": ("ENERGY",)})) as demo:
        demo.hosts("twitter")        # {"api": "http://127.0.0.1:41234/twitter/api", ...}: for [platforms.twitter.hosts]
        demo.credentials("twitter")  # {"bearer_token": ...}: no others are let in

`python -m headcount.demo` runs it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self

from aiohttp import web
from msgspec import structs

from headcount.demo.answers import answers, slugs
from headcount.demo.contract import Route
from headcount.demo.faults import Faults
from headcount.demo.people import Directory, Fate
from headcount.demo.responder import Responder, mark
from headcount.demo.simulation import Simulation
from headcount.demo.windows import Windows
from headcount.demo.world import Naming, World
from headcount.platforms import platform


class DemoServer:
    """Runs while it is open (`async with`), and answers as those platforms that the directory names; the rest is 404.

    `faults` are by slug (`youtube`) or by slug and host (`youtube/page`). Limits are counted by the simulation's clock;
    `limited=False` lifts them. `padded=True` makes pages as heavy as real ones.

    Raises:
        LookupError: for a fault of a platform that is not simulated, or a refusal that it does not know.
    """

    def __init__(
        self,
        simulation: Simulation,
        directory: Directory,
        faults: Mapping[str, Faults] | None = None,
        *,
        port: int = 0,
        limited: bool = True,
        padded: bool = False,
    ) -> None:
        self.port = port
        """0 until it is open, unless it was given."""
        self._simulation, self._directory = simulation, directory
        self._faults = dict(faults or {})
        self._limited, self._padded = limited, padded
        self._windows = Windows(simulation.clock)
        for place, fault in self._faults.items():
            if fault.refusal and fault.refusal not in answers(place.partition("/")[0]).refusals:
                raise LookupError(f"{place} does not refuse with {fault.refusal!r}")

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._app(), access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def hosts(self, slug: str) -> dict[str, str]:
        """Where each host of a platform is: what stands in `[platforms.SLUG.hosts]`."""
        names = {*platform(slug).hosts, *_servers(slug, self._directory)}
        return {name: f"{self.url}/{slug}/{name}" for name in sorted(names)}

    def credentials(self, slug: str) -> Mapping[str, str]:
        """What it lets in, by the names that the settings use."""
        return answers(slug).credentials

    def world(self, slug: str) -> World:
        """What a platform's handlers see."""
        declared = answers(slug)
        naming = Naming(declared.plain, platform(slug).handles.fold)
        return World(
            slug,
            self._simulation,
            _people(slug, self._directory, naming),
            identify=declared.identify,
            naming=naming,
            page_bytes=declared.page_bytes if self._padded else 0,
        )

    def _app(self) -> web.Application:
        app = web.Application()
        app.on_response_prepare.append(mark)
        for slug in sorted(set(slugs()) & set(self._directory.handles)):
            world = self.world(slug)
            for route in answers(slug).routes:
                host = "{host}" if route.host == "*" else route.host
                app.router.add_route(
                    route.method, f"/{slug}/{host}{route.path}", self._responder(slug, route, world).serve
                )
        return app

    def _responder(self, slug: str, route: Route, world: World) -> Responder:
        limit = route.limit if self._limited else None
        faults = self._faults.get(f"{slug}/{route.host}") or self._faults.get(slug) or Faults()
        return Responder(
            f"/{slug}",
            structs.replace(route, limit=limit),
            world,
            faults,
            answers(slug).refusals.get(faults.refusal),
            self._simulation.clock,
            self._windows,
        )


def _people(slug: str, directory: Directory, naming: Naming) -> Iterator[tuple[str, Fate]]:
    """Those of the directory, each once, and the control accounts, which certainly exist."""
    fates = directory.fates.get(slug, {})
    controls = sorted(source.control for source in platform(slug).sources if source.control)
    handles: dict[str, str] = {}
    for handle in (*directory.handles.get(slug, ()), *controls):
        handles.setdefault(naming.fold(naming.plain(handle)), handle)
    yield from ((handle, fates.get(handle, "well")) for handle in handles.values())


def _servers(slug: str, directory: Directory) -> set[str]:
    """Of a federated platform: the servers that its handles name."""
    if not platform(slug).federated:
        return set()
    names = map(answers(slug).plain, directory.handles.get(slug, ()))
    return {name.rpartition("@")[2] for name in names}
