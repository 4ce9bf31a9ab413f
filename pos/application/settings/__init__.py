"""Settings of the shop and its tills, their devices, the first start, and the context of every use case.

A shelf: every room may import it. May import access and text.
"""
