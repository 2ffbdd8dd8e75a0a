"""What an installation is told: headcount.toml and the environment, read into one frozen `Settings`."""

from __future__ import annotations

from headcount.settings.credentials import Credentials
from headcount.settings.load import defaults, load
from headcount.settings.shape import (
    Backup,
    Channel,
    Organization,
    PlatformSettings,
    Serve,
    Settings,
    Table,
    Target,
    Watch,
)

__all__ = [
    "Backup",
    "Channel",
    "Credentials",
    "Organization",
    "PlatformSettings",
    "Serve",
    "Settings",
    "Table",
    "Target",
    "Watch",
    "defaults",
    "load",
]
