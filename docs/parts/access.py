"""The parts of a platform's page about what an operator sets: credentials, options and hosts."""

from __future__ import annotations

from docs.parts.declared import Declared
from docs.parts.markdown import code, paragraphs, table
from headcount.platforms.kit.credentials import Credential
from headcount.settings.credentials import variable


def credentials(of: Declared) -> str:
    """What it needs to be given; nothing, where a platform has no source."""
    if not of.sources:
        return ""
    slug = of.platform.slug
    rows = ((code(each.name), code(variable(slug, each.name)), each.about) for each in of.platform.credentials)
    if not of.platform.credentials:
        return paragraphs("## Credentials", "None: it is asked without.")
    return paragraphs(
        "## Credentials",
        table(("name", "environment variable", "what it is"), rows),
        f"Each is taken from its environment variable, or, if it is secret, from a file that only you can read, as `[platforms.{slug}]` says:",
        f"```toml\n[platforms.{slug}]\n" + "\n".join(map(_example, of.platform.credentials)) + "\n```",
    )


def _example(credential: Credential) -> str:
    place = f'{{ file = "{credential.name}.txt" }}' if credential.secret else '"..."'
    return f"{credential.name} = {place}"


def options(of: Declared) -> str:
    """What can be set otherwise; nothing, where there is nothing to choose."""
    rows = ((code(name), code(default)) for name, default in of.platform.options.items())
    found = table((f"`[platforms.{of.platform.slug}.options]`", "unless it is set"), rows)
    return paragraphs("## Options", found) if found else ""


def hosts(of: Declared) -> str:
    """Where it is asked, and how another place is named."""
    server = f"{of.platform.slug}.example"
    places = {**of.platform.hosts, **({server: f"https://{server}"} if of.platform.federated else {})}
    if not places:
        return ""
    lines = "\n".join(f'{_key(name)} = "{url}"' for name, url in places.items())
    return paragraphs(
        "## Hosts",
        "Each server is a host of its own, by its own name." if of.platform.federated else "",
        "Set them only to have another place asked, such as a test server; this is where they are by themselves:",
        f"```toml\n[platforms.{of.platform.slug}.hosts]\n{lines}\n```",
        "`headcount doctor --hosts` prints those of an installation, for the firewall.",
    )


def _key(name: str) -> str:
    return f'"{name}"' if "." in name else name
