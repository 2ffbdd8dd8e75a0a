"""Breaks of what platforms answer: of all their accounts, or of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from benchmarks.watching.breaks.contract import Break, Class, anything, platform, there, victim
from benchmarks.watching.cast import Cast
from benchmarks.watching.people import HOUR, PLATFORMS
from benchmarks.watching.trouble import Trouble, flaps
from headcount.model import Reason
from headcount.news.story import Kind
from headcount.platforms.kit.contract import Refusal

Troubling = Callable[[Cast], Trouble]

REFUSED: tuple[Kind, ...] = ("platform", "source", "credential")


def refusing(reason: Reason, detail: str) -> Troubling:
    """The platform's only source refuses everybody."""

    def trouble(cast: Cast) -> Trouble:
        return Trouble(refusals={f"{cast.platform}.api": Refusal(reason, detail)})

    return trouble


def everywhere(reason: Reason, detail: str) -> Troubling:
    """Every platform's source does."""
    trouble = Trouble(refusals={f"{slug}.api": Refusal(reason, detail) for slug in PLATFORMS})
    return lambda _cast: trouble


def everybody(reason: Reason, detail: str) -> Troubling:
    """It is said of each account of the platform."""

    def trouble(cast: Cast) -> Trouble:
        return Trouble(misses={each.key: (reason, detail) for each in cast.there})

    return trouble


def missing(reason: Reason, detail: str) -> Troubling:
    """It is said of one account."""

    def trouble(cast: Cast) -> Trouble:
        return Trouble(misses={cast.victim.key: (reason, detail)})

    return trouble


def expiring(cast: Cast) -> Trouble:
    """A token's last day is two weeks away."""
    return Trouble(expiries={f"{cast.platform}.token": (cast.strikes + timedelta(days=14)).date()})


def falling_back(cast: Cast) -> Trouble:
    """The API refuses; the page, which is asked next, shows three digits."""
    return Trouble(refusals={f"{cast.platform}.api": Refusal("bad_credentials", "HTTP 401")}, pages=True)


def reused(cast: Cast) -> Trouble:
    """The handle answers with somebody else's id."""
    return Trouble(ids={cast.victim.key: "id-of-somebody-else"})


def renamed(cast: Cast) -> Trouble:
    """The account goes by another handle, under its own id."""
    return Trouble(handles={cast.victim.key: f"{cast.victim.account.handle}-new"})


def flapping(cast: Cast) -> Trouble:
    """An account fails for two hours, and is well for two."""
    return Trouble(flapping=(cast.victim.key,))


def twice_in_a_row(cast: Cast) -> int:
    """Runs until it has failed in two slots in a row: it may begin within its two hours, and be well after the first."""
    slots = (cast.strikes + number * HOUR for number in count(1))
    return next(number for number, slot in enumerate(slots, 2) if flaps(slot) and flaps(slot - HOUR))


def _platform(name: str, of: Class, trouble: Troubling) -> Break:
    limit = 1 if of == "permanent" else 2
    return Break(name=name, of=of, trouble=trouble, kinds=REFUSED, about=platform, limit=limit, besides=("account",))


def _account(name: str, of: Class, trouble: Troubling) -> Break:
    limit = 1 if of == "permanent" else 2
    return Break(name=name, of=of, trouble=trouble, kinds=("account",), about=victim, limit=limit)


BREAKS = (
    _platform("token revoked", "permanent", refusing("bad_credentials", "HTTP 401")),
    _platform("permission lost", "permanent", refusing("missing_permission", "HTTP 403, (#10) needs review")),
    _platform("payment required", "permanent", refusing("payment_required", "HTTP 402")),
    _platform("quota exhausted", "hard", refusing("quota_exhausted", "HTTP 403, quotaExceeded")),
    _platform("API retired, HTTP 410", "hard", refusing("shape_changed", "HTTP 410")),
    _platform("API retired, nobody is found", "hard", everybody("not_found", "HTTP 404")),
    _platform("its replies changed shape", "hard", refusing("shape_changed", "$.data[0].public_metrics is missing")),
    _platform("block page", "hard", refusing("blocked", "asks to log in")),
    _platform("rate limited without end", "hard", refusing("rate_limited", "HTTP 429")),
    _platform("DNS dead", "hard", refusing("unreachable", "the name cannot be resolved")),
    _platform("TLS broken", "hard", refusing("unreachable", "certificate has expired")),
    _platform("time-outs", "hard", refusing("too_slow", "no reply in 30 s")),
    _platform("platform down", "hard", refusing("unreachable", "HTTP 503")),
    Break(
        name="whole network down", of="hard", trouble=everywhere("unreachable", "no route to host"), limit=2,
        kinds=("network",), about=anything, besides=("platform", "source", "job"),
    ),
    _account("account gone", "permanent", missing("not_found", "HTTP 404")),
    _account("account suspended", "permanent", missing("suspended", "suspended")),
    _account("account deactivated", "hard", missing("deactivated", "deactivated")),
    _account("account made private", "hard", missing("private", "private")),
    _account("handle passed to somebody else", "permanent", reused),
    Break(
        name="one account's reply changed shape", of="hard", trouble=missing("shape_changed", "$.followers is missing"),
        kinds=("account", "platform"), about=there, limit=2,
    ),
    Break(
        name="account renamed", of="event", trouble=renamed, kinds=("renamed",), about=victim, limit=1, lasts=False,
    ),
    Break(
        name="token expires in 14 days", of="soft", trouble=expiring, kinds=("credential",), about=platform, limit=1,
    ),
    Break(
        name="fallback in use", of="soft", trouble=falling_back, kinds=("source", "credential"), about=platform, limit=2,
        besides=("rounded", "segment", "held", "moved"),
    ),
    Break(
        name="account that flaps for a day", of="hard", trouble=flapping, kinds=("account", "platform"), about=there,
        limit=twice_in_a_row, hours=24,
    ),
)  # fmt: skip
