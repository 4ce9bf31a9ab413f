"""Fiscal receipts: what a register outside the shop receives of sales, returns and cash, and what it answers."""
