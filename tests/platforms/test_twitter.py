from __future__ import annotations

from tests.platforms.replaying import replay


def test_x() -> None:
    print(replay("x", "api", "nasa", {"data": [{"id": "11", "username": "NASA", "public_metrics": {"followers_count": 5}}]}))
    print(replay("x", "page", "nasa", b"oops"))
