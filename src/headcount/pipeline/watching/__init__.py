"""The third stage of a run: what is the matter, and whoever is told of it."""
