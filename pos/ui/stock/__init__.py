"""Where goods lie, what moved, what expires, and the accounts of lots."""
