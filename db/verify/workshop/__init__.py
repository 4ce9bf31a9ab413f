"""The workshop's books: recipes, batches, their goods and costs, and the account of processed goods."""
