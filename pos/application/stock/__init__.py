"""Stock: movements, corrections, stock-takes, lots, low stock.

May import catalogue, purchasing, pricing, staff and the shelves; never sales or returns.
"""
