"""Replies that were kept, read again by mended parsers."""
