"""The checkout page: basket, visitors and verdict together."""
