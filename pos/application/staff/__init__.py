"""People of the shop: who signs in, which role they have.

May import the shelves.
"""
