"""Search for goods."""
