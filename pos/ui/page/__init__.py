"""The base of all pages: the base class, forms, lists in pages, saving a list."""
