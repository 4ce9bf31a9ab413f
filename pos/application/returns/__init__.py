"""Goods come back, with a receipt or without one, and money goes out.

May import catalogue, receipts, visitors, reports, pricing, quota, staff and the shelves; never sales or stock.
"""
