"""Pages of prices: promotions, price changes, rates, labels."""
