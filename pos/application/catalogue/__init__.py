"""Products: found by a scan, edited, imported, exported, completed.

May import receipts, visitors, pricing, quota, staff and the shelves.
"""
