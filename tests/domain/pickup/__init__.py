"""Tests of the room pickup."""
