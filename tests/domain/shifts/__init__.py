"""Drawers, their reports and their hand-overs."""
