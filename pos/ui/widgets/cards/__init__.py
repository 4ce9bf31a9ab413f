"""Parts that show a fact."""
