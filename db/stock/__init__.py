"""Stock, its moves and batches, and stock-takes."""
