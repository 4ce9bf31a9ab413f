"""Tests of the room shop."""
