"""A world in which things break, for `benchmarks.watch`: made-up accounts, scripted answers, and everything else real."""
