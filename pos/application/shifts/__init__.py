"""A cashier's shift: opened, counted, handed over, closed; X and Z reports; cash that moves without a sale.

May import sales and every room below it.
"""
