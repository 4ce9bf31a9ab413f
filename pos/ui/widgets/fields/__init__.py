"""Fields that are typed into."""
