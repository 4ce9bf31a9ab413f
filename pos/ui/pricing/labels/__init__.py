"""Price labels."""
