"""The report of a week: gathered from the store alone, and told as a page, as mail and as text."""
