"""Tests of the room purchasing."""
