"""The basket and the sale that is made of it."""
