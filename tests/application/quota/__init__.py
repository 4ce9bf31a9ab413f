"""Tests of the room quota."""
