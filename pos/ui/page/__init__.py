"""What all pages are built on: the base class, forms, lists in pages, saving a list."""
