"""Renders a page. Whatever is put into a template is escaped; no style and no script runs but those of this folder.

Every page is told `title`, `organization`, `timezone`, `published_at` and `stale_after`, and what its own template asks
for. A value that a template names and nobody gives is an error.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from headcount.pages import moments

_LOADER = PackageLoader("headcount", "pages")


def page(template: str, **values: object) -> str:
    """The page that a template of this folder makes of some values.

    `published_at` and `stale_after` are aware datetimes, the second None where a page never grows stale; they are shown
    in `timezone`. Filters: `when` (a moment in words), `day` (its day), `time` (the same as a `<time>` element).

    Raises:
        jinja2.UndefinedError: where a template asks for what was not given.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=_LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"when": moments.when, "day": moments.day, "time": moments.element, "iso": moments.iso}
    environment.globals |= {"inline": _inline, "policy": _policy()}
    return environment


def _inline(name: str) -> Markup:
    """A style or a script of this folder, as it stands: put alone between its tags, the policy knows it by its hash."""
    return Markup(_source(name))  # noqa: S704 - it is a file of ours, and nobody's value


def _policy() -> Markup:
    """What a browser may do on a page: show it, and run what this folder has."""
    styles, scripts = (" ".join(_hashes(suffix)) for suffix in (".css", ".js"))
    return Markup(
        "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'; style-src {}; script-src {}"
    ).format(*map(Markup, (styles, scripts)))


def _hashes(suffix: str) -> Iterator[str]:
    for name in _LOADER.list_templates():
        if name.endswith(suffix):
            digest = hashlib.sha256(_source(name).encode()).digest()
            yield f"'sha256-{b64encode(digest).decode()}'"


def _source(name: str) -> str:
    return _LOADER.get_source(Environment(autoescape=True), name)[0]
