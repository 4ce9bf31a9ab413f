"""Goods from a file: look at it, see what it would change, bring it in, take it back."""
