"""Receipts: search, printing, seal and verification.

May import visitors, reports, pricing, quota, staff and the shelves.
"""
