"""A till of a shop that is a member of a center: what it asks before money, and what it tells afterwards."""
