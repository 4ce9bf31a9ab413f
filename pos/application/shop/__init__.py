"""The use cases of a till for the window, a command or a training, built on first use. No rule of the shop is here.

May import every room.
"""
