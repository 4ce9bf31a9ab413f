"""Goods carried out, for customs."""
