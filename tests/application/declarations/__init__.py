"""Tests of the room declarations."""
