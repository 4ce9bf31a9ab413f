"""Goods of which something is missing, filled in one after the other."""
