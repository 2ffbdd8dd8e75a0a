"""`datapackage.json`: what a set is made of, by the Data Package standard."""
