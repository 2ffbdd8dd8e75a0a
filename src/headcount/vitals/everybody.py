"""What everybody may know of how everything is: nothing of internal accounts, of credentials, or of our own machines."""

from __future__ import annotations

from msgspec import structs

from headcount.news.words import OF_CREDENTIALS
from headcount.vitals import platforms
from headcount.vitals.signs import AccountSigns, Vitals

UNAVAILABLE = "not_available"
"""Stands for every reason that would say something about a credential."""


def everybody(vitals: Vitals) -> Vitals:
    """The vitals without those who may not be seen, and without what was said to us alone.

    Sources are left out: how they are is how our credentials are.
    """
    accounts = tuple(_neutral(each) for each in vitals.accounts if each.public)
    return structs.replace(
        vitals,
        accounts=accounts,
        platforms=platforms.signs(accounts),
        sources=(),
        targets=tuple(structs.replace(each, fault="") for each in vitals.targets),
    )


def _neutral(each: AccountSigns) -> AccountSigns:
    reason = UNAVAILABLE if each.reason in OF_CREDENTIALS else each.reason
    return structs.replace(each, reason=reason, detail="")
