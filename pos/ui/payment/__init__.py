"""Money for the basket: tenders, change, and the moment after."""
