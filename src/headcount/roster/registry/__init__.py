"""The U.S. Digital Registry: what it gives out, old and new, as a roster. Its e-mail addresses stay out of the house."""
