"""Pages of a shift: X report, count, close, hand-over, cash without a sale."""
