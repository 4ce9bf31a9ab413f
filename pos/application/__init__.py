"""Use cases of the shop, in rooms by what people do; ARCHITECTURE.md shows the rooms and their order."""
