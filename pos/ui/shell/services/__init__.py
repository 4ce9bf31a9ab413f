"""The window's own services: idle backups, checks, the store's connection."""
