"""The commands by name: one file each, imported when it is called for."""

from __future__ import annotations

import os
import select
import sys
from importlib import import_module
from pathlib import Path
from typing import Literal, TextIO

import click
from msgspec import Struct

from headcount import __version__
from headcount.errors import HeadcountError, Unable

INTERRUPTED = 130
"""As shells say that a command was stopped from outside."""

UNREAD = 141
"""As shells say that whoever read what a command prints has gone: `headcount review | head -1`."""

COMMANDS = {
    "init": "write a configuration and an example roster, or take over an existing installation",
    "probe": "ask one account now and print its count; stores nothing",
    "collect": "ask for every count that is due, judge it and keep it",
    "publish": "write every published file to every target",
    "run": "collect, publish, watch: what Jenkins, cron and timers call",
    "schedule": "stay up and run every job at its cadence",
    "serve": "the published files and an HTTP API, until stopped",
    "status": "each account's newest count, its age and its changes",
    "digest": "the report of a week: movers, milestones, outages, and what was collected",
    "metrics": "how everything is, in numbers, for Prometheus",
    "watch": "try who is told when something breaks; what is the matter now",
    "doctor": "check everything that a run needs, and say how to mend it",
    "roster": "faults and likely typos of the roster; what has changed between two",
    "account": "who is counted, and what becomes of accounts over the years",
    "enter": "keep a count that a person has read off",
    "review": "what awaits a person's decision, and deciding it",
    "correct": "put right what is shown of a reading, or withdraw it",
    "import": "take over the history of an earlier system",
    "export": "write a published table to a file or to the screen",
    "compare": "two wide tables side by side: the old system's and ours",
    "replay": "feed saved replies to a source and print what it makes of them",
    "reparse": "have mended parsers read the replies that were kept, and keep what they read",
    "demo": "the whole of it, on simulated counts",
}


class Session(Struct, frozen=True):
    """What every command is told."""

    config: Path
    log_format: Literal["text", "json"] = "text"


class Commands(click.Group):
    """Imports the file of a command when it is called for, and turns our errors into words and an exit status.

    Where the reader of what is printed has gone, there is nobody to tell: a command ends without a word, with status 141.
    """

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"headcount.cli.{_FILES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what the user can mend is a sentence, never a traceback."""
        try:
            return self._printed(ctx)
        except HeadcountError as error:
            click.echo(f"headcount: {error}", err=True)
            sys.exit(error.exit_status)
        except OSError as error:
            if isinstance(error, BrokenPipeError) and _reader_has_gone():
                sys.exit(UNREAD)
            click.echo(f"headcount: {error.filename or 'the machine'}: {error.strerror or error}", err=True)
            sys.exit(Unable.exit_status)
        except KeyboardInterrupt:
            click.echo(
                "headcount: stopped; whatever was counted is kept, and the next run goes on from there", err=True
            )
            sys.exit(INTERRUPTED)

    def _printed(self, ctx: click.Context) -> object:
        """Run the command; all that it printed has gone out when it ends, or it is known that it could not."""
        try:
            return super().invoke(ctx)
        finally:
            sys.stdout.flush()


def _reader_has_gone() -> bool:
    """Whether nobody reads what we print; it is another pipe that broke where somebody does."""
    out, err = _is_unread(sys.stdout), _is_unread(sys.stderr)
    return out or err


def _is_unread(stream: TextIO) -> bool:
    """What is left for a reader that has gone goes nowhere: Python would complain of it at the end."""
    asked = select.poll()
    asked.register(stream.fileno(), 0)
    is_broken = bool(asked.poll(0))
    if is_broken:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return is_broken


_FILES = {"import": "import_history"}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="headcount %(version)s")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="HEADCOUNT_CONFIG",
    default=Path("headcount.toml"),
    show_default=True,
    help="The configuration.",
)
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def cli(ctx: click.Context, config: Path, log_format: Literal["text", "json"]) -> None:
    """Count the audience of every social account that an organisation runs.

    Example: headcount init && headcount run && headcount status
    """
    ctx.obj = Session(config, log_format)
