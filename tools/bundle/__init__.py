"""Builds what a shop installs: the program with its own Python, for a computer that has none."""
