"""Rules of the shop: the standard library and nothing else."""
