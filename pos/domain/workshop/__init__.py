"""The shop's own workshop: recipes, batches, what they cost, and where goods of each customs document went."""
