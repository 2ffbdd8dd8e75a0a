"""Visits everything that an API serves: every route for every account, every file, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
from msgspec import Struct

from headcount.serve.routes import ROUTES
from tests.serve.village import BASE, INTERNAL

NEEDED = {"/accounts/{platform}/{name}/forecast": "?target=2000000"}
VARIANTS = {
    "/accounts/{platform}/{name}/series": ("?step=raw", "?step=hour", "?step=week", "?step=month", "?format=csv")
}
REFUSED = (
    "/",
    f"{BASE}/nowhere",
    f"{BASE}/v1/nowhere",
    f"{BASE}/v1/units?nonsense=1",
    f"{BASE}/v1/accounts/twitter/nobody",
    f"{BASE}/v1/accounts/twitter/energy/forecast",
    f"{BASE}/v1/units?{'a' * 9000}",
)


class Page(Struct, frozen=True):
    """What was found at an address: everything that was said, headers too."""

    address: str
    status: int
    headers: httpx.Headers
    said: str


def addresses_of(keys: list[str]) -> list[str]:
    """Every route, for every one of these accounts."""
    found = []
    for route in ROUTES:
        of_account = "{" in route.path
        for key in keys if of_account else [""]:
            platform, _, name = key.partition("/")
            address = route.path.replace("{platform}", platform).replace("{name}", name.replace("@", "%40"))
            ends = (NEEDED.get(route.path, ""), *VARIANTS.get(route.path, ()))
            found += [f"{BASE}/v1{address}{end}" for end in ends]
    return found


async def crawl(client: httpx.AsyncClient) -> AsyncIterator[Page]:
    """Everything, as far as it is linked, named or known."""
    accounts = (await client.get(f"{BASE}/v1/accounts")).json()["accounts"]
    package = (await client.get(f"{BASE}/datapackage.json")).json()
    files = [name for each in package["resources"] for name in (each["path"], each["headcount:file"])]
    keys = [each["key"] for each in accounts]
    series = [f"series/daily/{key}.csv" for key in keys] + [f"series/hourly/{key}/2026.csv" for key in keys]
    documents = ["", "datapackage.json", "v1/openapi.json"]
    visits = [
        "/healthz", "/metrics", BASE, *REFUSED, *addresses_of(keys),
        *(f"{BASE}/{name}" for name in (*documents, *files, *series)),
    ]  # fmt: skip
    for address in visits:
        answer = await client.get(address)
        said = f"{answer.headers}\n{answer.content.decode('latin-1')}"
        yield Page(address, answer.status_code, answer.headers, said)


async def crawl_what_is_hidden(client: httpx.AsyncClient) -> AsyncIterator[Page]:
    """Every address at which an internal account would be."""
    key = f"twitter/{INTERNAL}"
    for address in [*addresses_of([key]), f"{BASE}/series/daily/{key}.csv", f"{BASE}/series/hourly/{key}/2026.csv"]:
        if INTERNAL in address:
            answer = await client.get(address)
            yield Page(address, answer.status_code, answer.headers, answer.text)
