"""Commands of customer orders."""
