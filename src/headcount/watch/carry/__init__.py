"""How letters leave the house: through Apprise, in a process of their own, and only to where the operator meant."""
