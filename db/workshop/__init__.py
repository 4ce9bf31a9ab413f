"""Recipes, batches, and what batches used of each lot."""
