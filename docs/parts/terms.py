"""The part of a platform's page about its terms."""

from __future__ import annotations

from docs.parts.declared import Declared
from docs.parts.markdown import bullets, link, paragraphs
from docs.parts.words import sentence


def terms(of: Declared) -> str:
    """What they say, from which text, and what that is worth."""
    found = of.platform.terms
    if found is None:
        return ""
    said = {
        "Storing counts": found.storing,
        "Deriving figures from them": found.deriving,
        "Use by governments": found.government,
        "Programs that read public pages": found.pages,
    }
    return paragraphs(
        "## What its terms say",
        f"From {link('the terms', found.link)}, {found.dated}. This is no legal advice, and it is as old as that: read them"
        " yourself before you rely on it.",
        bullets(f"**{what}**: {sentence(words)}" for what, words in said.items()),
    )
