"""What the window does by itself: backups at rest, checks, watching the store."""
