"""Words and figures in four languages, written and read; JSON fields; days as people write them.

A shelf: every room may import it, and it imports none.
"""
