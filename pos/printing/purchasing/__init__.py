"""Orders and goods receipts."""
