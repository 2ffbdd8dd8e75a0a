"""The kinds of break, as data: what happens, and what counts as having noticed it."""

from __future__ import annotations

from benchmarks.watching.breaks import answers, installation, numbers

BREAKS = (*answers.BREAKS, *numbers.BREAKS, *installation.BREAKS)
"""Every kind, in the order of the table."""
