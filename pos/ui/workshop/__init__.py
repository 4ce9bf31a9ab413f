"""The page of the shop's own workshop: batches, recipes, the account of processed goods, the report of a period."""
