"""Papers that a traveller hands to customs: who has one, what stands on it."""
