"""Receipts and carry-out slips."""
