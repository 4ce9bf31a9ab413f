"""Permissions at a till and a time: the permission check of every use case, approvals, retries.

A shelf: every room may import it.
"""
