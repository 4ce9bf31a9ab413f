"""People of the shop."""
