"""Backups, restores, seals, moves to a server, erasure, and what a till checks when it starts.

May import every room but shifts.
"""
