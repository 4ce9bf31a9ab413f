"""Customer orders in the store: found by code, phone and name, queued, and the entries of their deposits."""
