"""Through a proxy on a private address everything works; without the setting no private address is reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from headcount.clock import SYSTEM
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.run import Report, run
from headcount.settings import Settings, load
from headcount.store.open import open_store
from tests.net.proxying import proxying
from tests.system.installation import install


async def ran(settings: Settings) -> Report:
    store = open_store(settings.store, settings.state)
    try:
        return await run(Premises(settings, store, SYSTEM), Wanted(jobs=("hourly",)), nobody)
    finally:
        store.close()


def public_names(folder: Path, proxy: str) -> Settings:
    """The installation's settings, its platforms known by a public name, and no leave to ask private addresses."""
    config = folder / "headcount.toml"
    text = config.read_text().replace("http://127.0.0.1:", "http://platforms.example:")
    config.write_text(text.replace("allow_private_addresses = true", proxy))
    return load(config, {})


async def test_everything_works_through_a_proxy_on_a_private_address(tmp_path: Path, demo: dict[str, Any]) -> None:
    install(tmp_path, demo)
    port = urlsplit(demo["url"]).port
    assert port
    async with proxying({"platforms.example": ("127.0.0.1", port)}) as proxy:
        report = await ran(public_names(tmp_path, f'proxy = "http://127.0.0.1:{proxy.port}"'))
    assert report.exit_status == 0
    assert report.turnouts[0].tally.readings == 8
    assert proxy.heads


async def test_without_leave_no_private_address_is_asked(tmp_path: Path, demo: dict[str, Any]) -> None:
    install(tmp_path, demo)
    config = tmp_path / "headcount.toml"
    config.write_text(config.read_text().replace("allow_private_addresses = true", ""))
    report = await ran(load(config, {}))
    assert report.exit_status == 3
    assert {miss.reason for miss in report.turnouts[0].misses()} == {"unreachable"}
    assert all("private" in miss.detail or "address" in miss.detail for miss in report.turnouts[0].misses())


async def test_with_leave_the_same_addresses_are_asked(tmp_path: Path, demo: dict[str, Any]) -> None:
    """The positive control of the test above."""
    assert (await ran(install(tmp_path, demo))).exit_status == 0
