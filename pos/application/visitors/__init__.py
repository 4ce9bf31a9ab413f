"""Travellers: their documents, days of entry, departures and the purchases that use their allowance.

May import reports, pricing, quota, staff and the shelves.
"""
