"""Prices: discounts, promotions, price changes, exchange rates, price labels."""
