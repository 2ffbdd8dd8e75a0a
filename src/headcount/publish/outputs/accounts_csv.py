"""`accounts.csv` and `units.csv`: whom the other tables speak of, a row each."""

from __future__ import annotations
