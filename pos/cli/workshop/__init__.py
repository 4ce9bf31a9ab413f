"""`workshop`: recipes, batches, the account of processed goods, reports."""
