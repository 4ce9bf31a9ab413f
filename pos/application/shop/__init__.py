"""The wiring of the use cases for a till, a command or a training. It contains no rule of the shop.

May import every room.
"""
