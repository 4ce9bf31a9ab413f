"""Products whose data is incomplete."""
