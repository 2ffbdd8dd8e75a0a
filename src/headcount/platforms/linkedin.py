"""LinkedIn: followers of an organisation's page, its showcase pages and schools.

- api: `GET /rest/networkSizes`, exact, one page a request, for whoever administers it; its number is looked up by its
  name first. An app's limits are not published: they stand in the developer portal, and begin afresh at midnight UTC.
  https://learn.microsoft.com/linkedin/marketing/community-management/organizations/organization-lookup-api
- page: the public page, exact, one a request and one request a day, and only where `sources` names it: LinkedIn's terms
  forbid reading it by machine. HTTP 999 and every wall end it for the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import quote

from msgspec import Meta, Struct, structs

from headcount.model import Account, Count, Reading, Reason
from headcount.net.message import Get, Pace
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Source
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import Heads, Name, decode, heard, sift
from headcount.platforms.replies import linkedin_page
from headcount.platforms.replies.linkedin_errors import refusal


class Organization(Struct, rename="camel"):
    id: Annotated[int, Meta(ge=1)]
    vanity_name: Name


class Size(Struct, rename="camel"):
    first_degree_size: Heads


class Bare(Size, forbid_unknown_fields=True):
    """A size and nothing else."""


class Found(Struct):
    elements: list[object]


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """One page by its organisation's number: whatever it is called today."""
    (account,) = accounts
    yield from _size(account, account.ids["organization"], options)


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """One page by its name, which is looked up first."""
    (account,) = accounts
    name = account.handle.rpartition("/")[2].lower()
    reply = yield _get("/rest/organizations", {"q": "vanityName", "vanityName": name}, options)
    # A bare size names nobody, and no look-up answers with one.
    size = heard(reply.body, Bare) if "saved" in options else None
    if size:
        yield Reading(account, "followers", Count(size.first_degree_size))
        return
    found = match(sift(decode(reply.body, Found).elements, Organization), lambda each: each.vanity_name.lower(), {name})
    yield from found.spoilt
    if organization := found.found.get(name):
        yield from _size(account, str(organization.id), options)
    else:
        yield Absent(account)


def _size(account: Account, number: str, options: Options) -> Exchange:
    urn = quote(f"urn:li:organization:{number}", safe="")
    reply = yield _get(f"/rest/networkSizes/{urn}", {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"}, options)
    count = Count(decode(reply.body, Size).first_degree_size)
    yield Reading(account, "followers", count, ids={"organization": number})


def _get(path: str, query: Mapping[str, str], options: Options) -> Get:
    headers = {"linkedin-version": options["version"], "x-restli-protocol-version": "2.0.0"}
    return Get("{api}" + path, query, headers)


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page: its top card and its preview, which must agree; other cards on it count others."""
    (account,) = accounts
    path = account.handle if "/" in account.handle else f"company/{account.handle}"
    reply = yield Get(f"{{page}}/{quote(path)}", headers={"accept-language": "en-US,en;q=0.1"})
    yield linkedin_page.read(account, path, reply)


SITE = r"(?:(?:[a-z]{2}|m|touch|mobile)\.)?linkedin\.com/(?:organization-guest/)?"
VANITY = r"(?![0-9]+(?:[/?#]|$))\w[\w&'.+-]{0,99}"
NUMBERED = r"(?P<organization>[0-9]{1,20})"
TAIL = r"(?:[/?#].*)?"

BY_ID = Source(
    name="api",
    ask=by_id,
    about="exact; pages that the token's owner administers",
    pinned="organization",
    needs=("token",),
    sign=bearer("token"),
    refusal=refusal,
    misses=("bad_credentials", "missing_permission", "not_found"),
)
MISSES: tuple[Reason, ...] = ("not_found", "moved", "blocked")
DAILY = public_page(by_page, "exact", MISSES, pace=Pace(1, per=86_400), refusal=linkedin_page.refusal)
PAGE = structs.replace(DAILY, opt_in=True)
PLATFORM = Platform(
    slug="linkedin",
    name="LinkedIn",
    hosts={"api": "https://api.linkedin.com", "page": "https://www.linkedin.com"},
    sources=(BY_ID, structs.replace(BY_ID, ask=by_name, pinned=None, further=1), PAGE),
    credentials=(
        Credential("token", "a member token (60 days) of an administrator of the pages, with rw_organization_admin"),
    ),
    options={"version": "202601"},
    handles=Handles(
        names=(
            f"(?:company/|urn:li:organization:)?{NUMBERED}",
            f"(?:company/)?(?P<handle>(?:(?:showcase|school)/)?{VANITY})",
        ),
        urls=(
            f"{SITE}(?:company|company-beta|showcase|school)/{NUMBERED}{TAIL}",
            f"{SITE}company/(?P<handle>{VANITY}){TAIL}",
            f"{SITE}(?P<handle>(?:showcase|school)/{VANITY}){TAIL}",
        ),
        reserved="unavailable setup linkedin.com www.linkedin.com",
        link="https://www.linkedin.com/company/{handle}",
        forms=(
            "nasa",
            "showcase/science",
            "school/mit",
            "https://uk.linkedin.com/company/nasa/about/",
            "urn:li:organization:2003",
        ),
    ),
    terms=Terms(
        link="https://learn.microsoft.com/en-us/linkedin/marketing/data-storage-requirements",
        dated="2 February 2026; API terms of 13 December 2022",
        storing="Nothing but what the terms allow: the numbers of a page's followers from the API, for one year.",
        deriving="Derived data count as LinkedIn's content; not to be mixed with others so that LinkedIn cannot be told as source.",
        government="Use that facilitates surveillance is forbidden, expressly by a government body or its contractor.",
        pages="Copying by bots is forbidden, and what was got outside the API may not be stored or shown.",
    ),
)
