"""Returns: the receipt, what comes back of it, and how the money goes to the customer."""
