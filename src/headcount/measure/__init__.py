"""What publish, serve and watch all show, worked out in pure functions."""
