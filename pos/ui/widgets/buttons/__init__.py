"""Parts that are pressed."""
