"""Pages of the catalogue: products, imports, missing data."""
