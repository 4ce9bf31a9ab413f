"""Drafts for the single window of the customs of China: as XML, and held against the schema of a shop."""
