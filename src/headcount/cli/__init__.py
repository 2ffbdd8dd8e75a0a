"""The command line: the parser, and one file a command."""
