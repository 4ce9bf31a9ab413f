"""The checkout, the payment, parked sales, search and the customer's display."""
