"""The HTTP API: what is published and what the store knows, to be read by anyone who may, and changed by nobody."""
