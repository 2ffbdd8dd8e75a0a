"""Publishing: what, as data; how it is encoded; where it is delivered."""
