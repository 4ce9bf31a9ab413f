"""The catalogue page: the list, and one product of it to look at and to change."""
