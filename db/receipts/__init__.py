"""Queries that find receipts."""
