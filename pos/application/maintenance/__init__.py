"""Backups, restores, seals, migration to a server, erasure, and the start-up checks of a till.

May import every room but shifts.
"""
