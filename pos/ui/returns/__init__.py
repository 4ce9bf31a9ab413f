"""Returns: the receipt, the returned goods, and the refund."""
