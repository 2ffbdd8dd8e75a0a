"""The vitals are taken of both kinds of store."""

from __future__ import annotations

from tests.stores.conftest import backend, cleaner, socket_folder, state, store, url

__all__ = ["backend", "cleaner", "socket_folder", "state", "store", "url"]
