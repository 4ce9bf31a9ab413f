"""The report of customer orders."""
