"""Shifts, their counts, their Z reports and the sums of closed ones."""
