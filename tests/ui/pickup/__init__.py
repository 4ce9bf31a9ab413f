"""The pages of customer orders."""
