"""The steps from one version of the tables to the next."""

HEAD = "v0011"
"""The newest version: a store that has it is opened without loading the machinery of migrations."""
