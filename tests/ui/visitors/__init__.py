"""Tests of the room visitors."""
