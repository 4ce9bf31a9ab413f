"""The manager's reports: day, month, journal and customs file.

May import quota, staff and the shelves.
"""
