"""Tests of the room seed."""
