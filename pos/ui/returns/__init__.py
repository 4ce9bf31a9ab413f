"""Goods that come back: the receipt, what of it, and how the money goes to the customer."""
