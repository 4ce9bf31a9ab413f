"""Travellers, their documents, where they leave to, what they bought elsewhere."""
