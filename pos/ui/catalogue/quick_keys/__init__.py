"""The page of the quick keys: pages, folders and keys as at the till, edited by scan, key and finger."""
