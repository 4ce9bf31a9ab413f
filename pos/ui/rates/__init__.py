"""The exchange rates: what holds, what held, what will, and new ones."""
