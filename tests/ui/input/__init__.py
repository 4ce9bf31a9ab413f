"""Tests of the room input."""
