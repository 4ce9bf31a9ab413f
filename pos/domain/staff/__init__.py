"""People of the shop, roles and permissions."""
