"""Orders, suppliers and low stock."""
