"""What `headcount doctor` looks at."""
