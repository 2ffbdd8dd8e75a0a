"""The published files: one file here each, all of them listed in `tables`."""
