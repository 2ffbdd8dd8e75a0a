"""The command line: the parser, one file a command, and what several commands share.

`saying` puts things into words, `examining` is the doctor's, `rosters` compares rosters, `rehearsing` is the demo.
"""
