"""Replies that nobody could read, or whose counts are in doubt: kept for a while, to be read again by a better parser."""
