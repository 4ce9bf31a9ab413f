"""Suppliers, purchase orders, deliveries and landed cost."""
