"""The journal: what happened, who did it, and whether it is whole."""
