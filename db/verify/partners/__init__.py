"""The books against what partners outside the shop were told and have answered."""
