"""Prices, promotions, price labels and exchange rates.

May import quota, staff and the shelves.
"""
