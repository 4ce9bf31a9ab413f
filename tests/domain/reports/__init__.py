"""Figures of the day and the month."""
