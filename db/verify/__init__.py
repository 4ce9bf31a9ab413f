"""Verifies the books against themselves: each module compares one kind of record with what it must equal."""
