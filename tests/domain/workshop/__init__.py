"""Tests of the workshop's rules."""
