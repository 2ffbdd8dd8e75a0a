"""Whom to count: readers of rosters, the tree of units, and handles in any form."""
