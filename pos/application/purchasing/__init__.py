"""Suppliers, purchase orders, deliveries and landed cost.

May import reports, pricing, quota, staff and the shelves.
"""
