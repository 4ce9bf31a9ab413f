"""Border POS: the till of a shop in a border cooperation center."""

__version__ = "0.1.0"
"""The number of this program; the one place where it stands."""
