"""The checkout page: basket, visitors and the evaluation of the allowance together."""
