"""Languages: message catalogues read at start, refusals worded."""
