"""The page of the workshop."""
