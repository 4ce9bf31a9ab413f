"""What was carried out, for customs."""
