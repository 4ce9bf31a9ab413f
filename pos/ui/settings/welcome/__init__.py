"""The setup guide of a new shop."""
