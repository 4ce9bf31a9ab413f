"""Goods by name or code, as you type."""
