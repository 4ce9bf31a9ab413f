"""Customer orders: taken, confirmed, packed, cancelled; the queue that moves up, deposits, lists and files.

The checkout opens the basket of an order (`sales`), and its sale picks it up.
"""
