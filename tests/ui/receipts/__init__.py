"""Tests of the room receipts."""
