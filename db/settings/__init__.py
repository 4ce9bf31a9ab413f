"""Options, rates and request keys."""
