"""Shifts, their counts and their reports."""
