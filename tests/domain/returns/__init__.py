"""Tests of the room returns."""
