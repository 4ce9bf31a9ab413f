"""A sale from the first scan to its record: the basket, its visitors, the payment, parked sales, exchanges.

May import every room below: returns, stock, catalogue, receipts, visitors, pricing, quota, staff and the shelves.
"""
