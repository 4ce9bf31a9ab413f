"""Products, their codes, their prices and the index that finds them; imports and what they changed."""
