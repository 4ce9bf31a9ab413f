"""The window that the customer looks at: the basket, the money and what is left of the allowance."""
