"""Who may do what, at which till and at what time: the permission check of every use case, approvals, retries.

A shelf: every room may import it.
"""
