"""The page of what visitors carried out, by regime and day, and the file of it for customs."""
