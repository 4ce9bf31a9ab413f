"""The steps from one version of the center's tables to the next. They import nothing of the program."""

HEAD = "c0007"
"""The newest version."""
