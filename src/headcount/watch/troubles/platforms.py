"""Platforms that answer nobody, or refuse us; and accounts that cannot be counted for reasons of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from headcount.news.story import Kind, Severity, Story
from headcount.vitals.signs import AccountSigns
from headcount.watch.look import PATIENCE, Look
from headcount.watch.troubles.several import Several, earliest, keys

OUT_OF_REACH = frozenset({"unreachable", "too_slow"})
"""Reasons that come before any answer: one cause brings now the one, now the other."""

OF_PLATFORM = OUT_OF_REACH | {
    "too_big", "blocked", "rate_limited", "quota_exhausted", "payment_required", "bad_credentials", "missing_permission",
    "no_credential", "shape_changed",
}  # fmt: skip
"""Reasons that are the platform's or ours: one incident, however many accounts it takes."""

FINAL = frozenset({
    "payment_required", "bad_credentials", "missing_permission", "shape_changed",
    "not_found", "suspended", "moved", "renamed_or_reused",
})  # fmt: skip
"""Reasons that do not pass by themselves: they are told at once, all others at the second slot in a row."""

MANY = 3
"""So many accounts, if they are half of a platform's, have not each its own reason."""


def is_certain(account: AccountSigns) -> bool:
    """Whether an account's reason is to be believed by now. A page may be wrong about who is there, once."""
    if account.reason == "not_found" and account.source.endswith("page"):
        return account.again
    return account.again or account.reason in FINAL


def platform_troubles(look: Look) -> Iterator[Story]:
    """An incident for each platform and each reason that is not an account's own."""
    own = {each.subject for each in look.open if each.kind == "account"}
    certain = [
        each for each in look.failing() if is_certain(each) and each.reason in OF_PLATFORM and each.key not in own
    ]
    for (slug, _), group in groupby(sorted(certain, key=_cause), key=_cause):
        yield _of_platform(look, slug, tuple(group))


def account_troubles(look: Look) -> Iterator[Story]:
    """An incident for each account that has a reason of its own; one of the platform, where many turn so together."""
    certain = [each for each in look.failing() if is_certain(each) and each.reason not in OF_PLATFORM]
    for (slug, reason), group in groupby(sorted(certain, key=_cause), key=_cause):
        alike = tuple(group)
        many = _together(look, slug, reason, alike)
        if many:
            yield _of_platform(look, slug, many)
        yield from (_of_account(each) for each in alike if each not in many)


def _cause(account: AccountSigns) -> tuple[str, str]:
    return account.platform, "unreachable" if account.reason in OUT_OF_REACH else account.reason


def _together(look: Look, slug: str, reason: str, alike: Several) -> Several:
    """Those who belong to an incident of the platform: to one that was told, or to a new one if they are many."""
    told = next((each for each in look.told("platform", slug) if each.reason == reason), None)
    if told:
        return tuple(each for each in alike if each.key in told.accounts or _near(each, told))
    largest = at_once(look, "account", alike)
    return largest if len(largest) >= max(MANY, len(look.accounts(slug)) / 2) else ()


def at_once(look: Look, kind: Kind, accounts: Iterable[AccountSigns]) -> Several:
    """The most that turned so in one run, but for those of each of which an incident of a kind was told."""
    alone = {each.subject for each in look.open if each.kind == kind}
    return max(_clusters(each for each in accounts if each.key not in alone), key=len, default=())


def _near(account: AccountSigns, story: Story) -> bool:
    return bool(account.since and story.since and account.since - story.since <= PATIENCE)


def _clusters(accounts: Iterable[AccountSigns]) -> Iterator[Several]:
    """Accounts that turned so in one run, together."""
    cluster: list[AccountSigns] = []
    for each in sorted(accounts, key=_since):
        if cluster and _since(each) - _since(cluster[-1]) > PATIENCE.total_seconds():
            yield tuple(cluster)
            cluster = []
        cluster.append(each)
    if cluster:
        yield tuple(cluster)


def _since(account: AccountSigns) -> float:
    return account.since.timestamp() if account.since else 0.0


def _of_platform(look: Look, slug: str, accounts: Several) -> Story:
    reasons = sorted({each.reason for each in accounts}, reverse=True)
    of = len(look.accounts(slug))
    return Story(
        "platform",
        severity(len(accounts), of, reasons[0]),
        slug,
        reasons[0],
        since=earliest(accounts),
        accounts=keys(accounts),
        detail=next((each.detail for each in accounts if each.detail), ""),
        figures={"of": of},
    )


def severity(number: int, of: int, reason: str) -> Severity:
    """How bad it is that so many of a platform's accounts have no count."""
    if number == of >= MANY:
        return "urgent"
    return "warning" if reason in FINAL or 2 * number >= of else "notice"


def _of_account(account: AccountSigns) -> Story:
    return Story(
        "account", "warning", account.key, account.reason, account.since, (account.key,), detail=account.detail
    )
