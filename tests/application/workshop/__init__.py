"""Tests of the shop's workshop over a real store."""
