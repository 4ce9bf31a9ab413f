"""A cashier's shift: opening, counting, hand-over, closing; X and Z reports; cash that moves without a sale.

May import sales and every room below it.
"""
