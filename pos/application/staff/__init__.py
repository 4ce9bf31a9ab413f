"""Staff of the shop: sign-in and roles.

May import the shelves.
"""
