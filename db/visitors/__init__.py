"""Visitors by keyed hash, and the purchases that count for their allowance."""
