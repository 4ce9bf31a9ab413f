"""X and Z reports."""
