"""The allowance: evaluate a basket against the rules in force, find what to remove and how to split it.

May import the shelves. The rules themselves are `pos.domain.quota`.
"""
