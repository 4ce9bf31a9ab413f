"""The page behind F1."""
