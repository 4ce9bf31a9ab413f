"""Queries of the manager's reports."""
