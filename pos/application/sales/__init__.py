"""The basket, its visitors, its payment: a sale from the first scan to the record, parked sales, goods that come back in exchange.

May import every room below: returns, stock, catalogue, receipts, visitors, pricing, quota, staff and the shelves.
"""
