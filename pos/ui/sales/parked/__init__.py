"""Parked sales."""
