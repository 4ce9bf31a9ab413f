"""The right side of the checkout: visitors, questions about them, companions."""
