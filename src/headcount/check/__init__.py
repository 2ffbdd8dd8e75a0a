"""Judging: one pure function a rule, and what they make of a reading together."""
