"""Brings an older schema up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from headcount.errors import StoreError


def upgrade(connection: Connection) -> None:
    """Run every version that the database lacks, in the transaction that is under way.

    Raises:
        StoreError: where its version is one that this program does not know.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(f"the store was made by a newer headcount: install that one ({error})") from error
