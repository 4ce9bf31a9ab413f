"""Reading and writing the domain's values."""
