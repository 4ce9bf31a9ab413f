"""Files of the program: written whole or not at all, held by one program at a time.

A shelf: every room may import it, and it imports none.
"""
