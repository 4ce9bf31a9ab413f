"""The manager's page of promotions: what the shop takes off by itself."""
