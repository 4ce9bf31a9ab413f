"""Who is at the till: the first page of every day."""
