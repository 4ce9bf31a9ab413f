"""Money at the till: tenders, notes, change, and card payments of refused sales."""
