"""Tests of the room touch."""
