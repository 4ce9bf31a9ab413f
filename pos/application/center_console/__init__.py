"""What people do at the console of a center: they sign in, look at its books, and decide what no till can."""
