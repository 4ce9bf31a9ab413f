"""What the manager reads: the day, the month, the journal, what was carried out.

May import quota, staff and the shelves.
"""
