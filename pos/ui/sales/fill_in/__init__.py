"""Missing data of a product, filled in at the checkout."""
