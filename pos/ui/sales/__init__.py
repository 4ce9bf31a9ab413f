"""The checkout, its payment, parked sales, search and the customer's display."""
