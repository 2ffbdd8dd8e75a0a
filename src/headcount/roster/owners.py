"""Whose a host is: the platforms that know their hosts keep what is there from a federated one, which takes any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headcount import platforms
from headcount.roster.address import at_host, host_of


def owner_of(text: str) -> str:
    """The platform on whose host, or on a sub-domain of it, an address is; or nothing."""
    known = [slug for slug in platforms.slugs() if not platforms.platform(slug).federated]
    return next((slug for domain in _domains(host_of(text)) for slug in known if _is_its(slug, domain)), "")


def _domains(host: str) -> Iterator[str]:
    labels = host.split(".")
    yield from (".".join(labels[number:]) for number in range(len(labels) - 1))


def _is_its(slug: str, domain: str) -> bool:
    """Whether its requests go there, or its patterns would take one of its own examples there."""
    its = platforms.platform(slug)
    examples = [at_host(domain, form) for form in its.handles.forms]
    return domain in map(host_of, its.hosts.values()) or any(
        re.fullmatch(pattern, example) for pattern in its.handles.urls for example in examples
    )
