"""The tables of the first version, written down for good: what the program's own tables become changes nothing here."""
