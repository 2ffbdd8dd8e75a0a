"""Pages as heavy as real ones, as the demo server sends them."""

from __future__ import annotations

import aiohttp
from msgspec import Struct

from headcount.clock import SYSTEM
from headcount.demo.people import Directory
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.model import Account, Count
from headcount.net.message import Reply

HANDLE = "riverlab"
PATHS = {
    "youtube": (f"page/@{HANDLE}", {"cookie": "SOCS=CAE="}),
    "instagram": (f"page/{HANDLE}/", {"sec-fetch-mode": "navigate"}),
    "twitter": (f"page/srv/timeline-profile/screen-name/{HANDLE}", {}),
}
KEYS = {"youtube": b'"pageHeaderViewModel"', "instagram": b'"xig_user_by_username"', "twitter": b'"user"'}
TITLES = {"youtube": "a channel's page", "instagram": "a profile with embedded data", "twitter": "a timeline"}


class Page(Struct, frozen=True):
    """A page, whom it is about, and the count that it shows."""

    title: str
    slug: str
    account: Account
    reply: Reply
    count: Count
    key: bytes
    """Under which it stands."""

    def is_right(self, value: int | None) -> bool:
        """Whether that is the count, as finely as the page shows it."""
        return value is not None and abs(value - self.count.value) < self.count.granularity


async def pages() -> list[Page]:
    """One of each kind."""
    simulation = Simulation(SYSTEM)
    directory = Directory(dict.fromkeys(PATHS, (HANDLE,)))
    async with DemoServer(simulation, directory, padded=True, limited=False) as server:
        return [await _page(server, simulation, slug) for slug in PATHS]


async def _page(server: DemoServer, simulation: Simulation, slug: str) -> Page:
    path, headers = PATHS[slug]
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/{slug}/{path}", headers=headers) as got:
        reply = Reply(got.status, {}, await got.read(), SYSTEM.now())
    true = simulation.count(slug, HANDLE, reply.at)
    shown = Count(true, 10 ** max(0, len(str(true)) - 3), "truncated") if slug == "youtube" else Count(true)
    return Page(f"{slug}: {TITLES[slug]}", slug, Account(f"{slug}/{HANDLE}", HANDLE), reply, shown, KEYS[slug])
