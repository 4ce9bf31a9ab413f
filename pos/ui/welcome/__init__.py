"""The guide of a new shop: what is still to be done before the first sale."""
