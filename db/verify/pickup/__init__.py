"""Customer orders and their deposits against what is held, sold, paid and written in the journal."""
