"""What is the matter, one file a group of kinds: pure functions of a look. `everything` has them all, and what follows from what."""
