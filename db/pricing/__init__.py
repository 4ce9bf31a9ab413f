"""Promotions, price labels and price changes of many products."""
