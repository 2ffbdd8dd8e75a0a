"""Watching: what is the matter is found out from the vitals, told once, and told to whom it concerns."""
