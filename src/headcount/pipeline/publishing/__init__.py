"""What is published now, and every target that it goes to."""
