"""roster -> collect -> check -> store -> publish: the only part that knows the order."""
