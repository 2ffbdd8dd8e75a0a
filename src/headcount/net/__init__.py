"""Fetching: plain messages, one client, the paces of platforms, and recordings."""
