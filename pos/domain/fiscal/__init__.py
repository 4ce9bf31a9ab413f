"""Fiscal receipts: what a register outside the shop is told of a sale, of a return and of cash, and what it answers."""
