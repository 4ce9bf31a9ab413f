"""Customer orders: claimed in a live stream, by phone or at the counter, held, picked up, and paid ahead in part."""
