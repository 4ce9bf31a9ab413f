"""Returned goods, with a receipt or without one, and their refunds.

May import catalogue, receipts, visitors, reports, pricing, quota, staff and the shelves; never sales or stock.
"""
