"""The shop's own workshop: recipes, batches from plan to output, the account of processed goods, and reports."""
