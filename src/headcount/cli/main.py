"""The entry point. `--version` is answered before anything is imported; all else is the parser's."""

from __future__ import annotations

import sys

from headcount import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"headcount {__version__}\n")
        return
    from headcount.cli.parser import cli  # noqa: PLC0415 - the version must not wait for the parser

    cli()
