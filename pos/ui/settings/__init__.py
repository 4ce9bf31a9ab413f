"""The options of the shop."""
