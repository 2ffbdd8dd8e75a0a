"""Where every count is kept: appended, never changed."""
