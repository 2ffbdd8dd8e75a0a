"""The slots in which there is no public count, as gaps with their reasons."""
