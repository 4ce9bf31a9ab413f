"""Stock: batches, moves, stock-takes, what runs low."""
