"""The wiring of the use cases: which a till, a command or a training has. No rule of the shop stands here.

May import every room.
"""
