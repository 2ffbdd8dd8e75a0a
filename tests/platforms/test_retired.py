"""Platforms that closed: nobody is asked, everyone knows why, and their accounts stay readable in rosters."""

from __future__ import annotations

import re
from datetime import date

import pytest

from headcount.collect.plan import Office, why_none
from headcount.platforms import canonical, platform


@pytest.mark.parametrize(
    ("slug", "name", "closed"),
    [("storify", "Storify (closed)", date(2018, 5, 16)), ("google", "Google+ (closed)", date(2019, 4, 2))],
)
def test_a_platform_that_closed_has_its_day_and_no_source(slug: str, name: str, closed: date) -> None:
    found = platform(slug)
    assert (found.slug, found.name, found.retired) == (slug, name, closed)
    assert (found.sources, found.hosts, found.credentials) == ((), {}, ())
    assert why_none(Office(found, {}, {}, {})) == "retired"


@pytest.mark.parametrize("alias", ["google+", "GooglePlus", "google"])
def test_google_plus_has_several_names(alias: str) -> None:
    assert canonical(alias) == "google"


def identified(slug: str, text: str) -> dict[str, str]:
    url = re.sub(r"^https?://(?:www\.)?", "", text).removesuffix("/")
    handles = platform(slug).handles
    for pattern in handles.urls if "/" in url else handles.names:
        if found := re.fullmatch(pattern, url):
            return found.groupdict()
    return {}


@pytest.mark.parametrize(
    ("slug", "text", "groups"),
    [
        ("storify", "energy", {"handle": "energy"}),
        ("storify", "@some-lab", {"handle": "some-lab"}),
        ("storify", "https://storify.com/energy/a-story", {"handle": "energy"}),
        ("storify", "some lab", {}),
        ("google", "EnergyGov", {"handle": "EnergyGov"}),
        ("google", "+EnergyGov", {"handle": "EnergyGov"}),
        ("google", "https://plus.google.com/+EnergyGov/posts", {"handle": "EnergyGov"}),
        ("google", "https://plus.google.com/u/0/+EnergyGov", {"handle": "EnergyGov"}),
        ("google", "https://plus.google.com/%2BEnergyGov", {"handle": "EnergyGov"}),
        ("google", "115116099695296584889", {"plus": "115116099695296584889"}),
        ("google", "https://plus.google.com/115116099695296584889/posts", {"plus": "115116099695296584889"}),
        ("google", "https://plus.google.com/communities/115116099695296584889", {}),
        ("google", "https://www.google.com/search", {}),
    ],
)
def test_its_accounts_are_still_understood(slug: str, text: str, groups: dict[str, str]) -> None:
    assert identified(slug, text) == groups
