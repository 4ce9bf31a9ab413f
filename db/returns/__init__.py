"""Returns, and where returned goods go."""
