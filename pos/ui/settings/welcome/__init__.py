"""The guide of a new shop."""
