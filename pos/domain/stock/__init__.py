"""Stock: lots, moves, stock-takes, what runs low."""
