"""The demo: what it writes, runs and makes up."""
