"""Tests of the room outside_partners."""
