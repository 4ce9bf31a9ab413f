"""Providers are servers on this machine that keep books of their own, and fail as lines and people do."""
