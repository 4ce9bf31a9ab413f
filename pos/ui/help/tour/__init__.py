"""The tour of the demo shop."""
