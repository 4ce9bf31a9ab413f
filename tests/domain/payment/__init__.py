"""Tests of the room payment."""
