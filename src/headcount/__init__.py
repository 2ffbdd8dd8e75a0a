"""headcount counts the audience of every social account that an organisation runs, and keeps every count."""

__version__ = "0.1.0"
