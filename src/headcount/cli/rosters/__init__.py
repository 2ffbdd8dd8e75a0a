"""What `headcount roster` compares, and says of it."""
