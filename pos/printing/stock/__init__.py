"""Documents of the stock."""
