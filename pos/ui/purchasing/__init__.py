"""Pages of orders, suppliers and deliveries."""
