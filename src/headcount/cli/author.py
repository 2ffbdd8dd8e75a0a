"""Who says something that is kept for ever: the person who is signed in, or whom `--by` names."""

from __future__ import annotations

import getpass
import os

import click

BY = click.option("--by", default="", metavar="NAME", help="Who says so; else the user who is signed in.")


def author(by: str) -> str:
    """The name under which it is kept. It is never published."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
