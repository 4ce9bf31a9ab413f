"""Papers for customs of a recorded sale: read, drawn, printed and saved.

May import visitors, quota, staff and the shelves.
"""
