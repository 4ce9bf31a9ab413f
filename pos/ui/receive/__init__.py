"""Deliveries counted by scanning, and goods receipts."""
