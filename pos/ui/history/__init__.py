"""History: every receipt, found by what is remembered of it, with its paper and its return."""
