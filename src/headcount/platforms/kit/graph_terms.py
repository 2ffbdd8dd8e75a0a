"""What Meta's terms say of its platforms: one text for all of them."""

from __future__ import annotations

from headcount.platforms.kit.terms import Terms

TERMS = Terms(
    link="https://developers.facebook.com/terms",
    dated="22 August 2025",
    storing="Data may be kept while there is a legitimate need, and are deleted when it ends, or when Meta, the user or"
    " the law asks; no number of days is named.",
    deriving="Derived and aggregated figures are Meta's data too: for purposes that its documents permit, never for sale.",
    government="No clause for government bodies; surveillance, law enforcement and national security are forbidden.",
    pages="Collecting data by automated means needs Meta's permission beforehand, logged in or not.",
)
