"""Texts and numbers in four languages, formatted and parsed; JSON fields; days.

A shelf: every room may import it, and it imports none.
"""
