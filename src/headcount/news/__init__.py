"""What there is to tell people: the nouns, and the words for them. Pure, and known to whoever keeps, sends or shows it."""
