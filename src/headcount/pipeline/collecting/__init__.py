"""A run of a job: who is due, what they are asked, what is made of the answers."""
