"""The first start of a shop."""
