"""Receipts and returns: search, display and copies."""
