"""Deliveries: counted, posted, charged."""
