"""The first start of an empty shop."""
