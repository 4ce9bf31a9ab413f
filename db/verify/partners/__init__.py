"""The books against what partners outside the shop were asked and have answered."""
