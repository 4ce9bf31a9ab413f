"""Pages of prices: promotions, price changes, exchange rates, labels."""
