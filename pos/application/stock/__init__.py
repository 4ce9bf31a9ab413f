"""Where goods lie: moves, corrections, stock-takes, batches, what runs low.

May import catalogue, purchasing, pricing, staff and the shelves; never sales or returns.
"""
