"""A payment provider's file of a day beside the shop's books."""
