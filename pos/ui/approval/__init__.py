"""An approval by name and PIN, asked for in place."""
