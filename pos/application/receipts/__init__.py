"""Receipts: found, printed, sealed and verified.

May import visitors, reports, pricing, quota, staff and the shelves.
"""
