"""The settings of the shop, its first start and its setup guide."""
