"""Receipts and returns found, shown and printed again."""
