"""Stock-takes."""
