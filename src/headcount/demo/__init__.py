"""The demo: a local server that answers as the platforms do, with counts that it makes up and marks."""
