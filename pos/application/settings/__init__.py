"""Settings of the shop and its tills, their devices, and the first start.

A shelf: every room may import it. May import access and text.
"""
