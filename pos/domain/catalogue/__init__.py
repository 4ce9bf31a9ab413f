"""Products, their categories, codes and pieces."""
