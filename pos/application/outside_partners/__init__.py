"""What is asked of partners outside the shop whose answer may be lost, and what is done until the outcome is known.

May import the shelves alone: sales, returns and fiscal receipts build on it.
"""
