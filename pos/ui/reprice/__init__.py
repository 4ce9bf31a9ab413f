"""Many prices changed in one step."""
