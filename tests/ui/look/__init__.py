"""Tests of the room look."""
