"""External services of the use cases, as Protocols: the store and its repositories, devices, files.

A shelf: every room may import it, and it imports none.
"""
