"""Orders, suppliers and what runs low."""
