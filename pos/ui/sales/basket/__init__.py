"""The left side of the checkout: scan field, rows, quick keys, weighing."""
