"""The allowance: what the rules in force say of a basket, what to remove, how to split it.

May import the shelves. The rules themselves are `pos.domain.quota`.
"""
