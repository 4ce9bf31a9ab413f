"""Border POS: the till of a shop in a border cooperation center."""
