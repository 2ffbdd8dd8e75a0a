"""The part of a platform's page about how its accounts are written."""

from __future__ import annotations

from docs.parts.declared import Declared
from docs.parts.markdown import code, codes, paragraphs, table
from headcount.roster.identify import identify


def accounts(of: Declared) -> str:
    """What a roster may say, and what is understood by it."""
    handles = of.platform.handles
    rows = ((code(form), _meant(form, of.platform.slug)) for form in handles.forms)
    return paragraphs(
        "## How accounts are written",
        "In a roster, and wherever a command asks for an account, any of these will do, among others:",
        table(("written", "understood as"), rows),
        f"An account's own page is {code(handles.link)}." if handles.link else "",
        f"These words stand where a handle would, and never are one: {codes(handles.reserved.split())}."
        if handles.reserved
        else "",
    )


def _meant(form: str, slug: str) -> str:
    named = identify(form, slug)
    ids = (f"the account whose id ({code(scheme)}) is {code(value)}" for scheme, value in named.ids.items())
    return ", ".join(ids) or code(named.handle)
